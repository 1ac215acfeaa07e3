package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.UncommittedFiles;
import io.tidemark.batch.internal.source.ColumnChecksum;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * Compares the files of a split with its rows in the database.
 *
 * @param load the table's load
 * @param table the plain table, in the schema that the files were written in
 * @param session sees the snapshot that the rows were read in
 * @param ranges the rows
 */
record SplitParity(TableLoad load, Table table, SourceSession session, List<SourceRange> ranges) {

  /**
   * Compares as the load asks for, and deletes files that cannot be proven right.
   *
   * @param there how many rows the database says it has
   * @param unfit how many values became null as they had no place in their column, by column
   * @return the columns of which no more than the values were counted: what was masked or became
   *     null is not in the files
   * @throws ParityException if files and database differ
   */
  Set<String> check(List<DataFile> files, long there, Map<String, Long> unfit) {
    try {
      checkRows(files, there);
      return load.entry().parity() == Parity.ROWS ? Set.of() : checkColumns(files, unfit);
    } catch (RuntimeException e) {
      UncommittedFiles.delete(table.io(), files);
      throw e;
    }
  }

  private void checkRows(List<DataFile> files, long there) {
    long written = files.stream().mapToLong(DataFile::recordCount).sum();
    if (written != there) {
      throw differs(rows(written, there));
    }
  }

  private Set<String> checkColumns(List<DataFile> files, Map<String, Long> unfit) {
    Set<String> counted = new TreeSet<>(unfit.keySet());
    counted.addAll(load.query().counted());
    load.query().columns().stream()
        .filter(column -> column.mask() != null)
        .map(SelectedColumn::name)
        .forEach(counted::add);
    RangeChecksum written = sums(files);
    RangeChecksum there =
        ranges.stream()
            .map(range -> session.checksum(load.query(), range, counted))
            .reduce(RangeChecksum::plus)
            .orElseGet(() -> sums(List.of()));
    compare(written, there, counted, unfit);
    return counted;
  }

  private RangeChecksum sums(List<DataFile> of) {
    return FileChecksum.of(table, of, load.query().sums(table.schema()));
  }

  private void compare(
      RangeChecksum written, RangeChecksum there, Set<String> counted, Map<String, Long> unfit) {
    List<String> differences = new ArrayList<>();
    if (written.rows() != there.rows()) {
      differences.add(rows(written.rows(), there.rows()));
    }
    for (int i = 0; i < written.columns().size(); i++) {
      String name = load.query().columns().get(i).name();
      ColumnChecksum file = written.columns().get(i);
      ColumnChecksum database = there.columns().get(i);
      boolean equal =
          counted.contains(name)
              ? number(file) + unfit.getOrDefault(name, 0L) == number(database)
              : file.equals(database);
      if (!equal) {
        differences.add(
            "column %s (%s against %s in the database)".formatted(name, file, database));
      }
    }
    if (!differences.isEmpty()) {
      throw differs(String.join(", ", differences));
    }
  }

  private static String rows(long written, long there) {
    return String.format(Locale.ROOT, "%,d rows against %,d in the database", written, there);
  }

  /** An element without a place is null in its list, which stays. */
  private static long number(ColumnChecksum column) {
    return column.values() + column.elements();
  }

  private ParityException differs(String differences) {
    return new ParityException(
        "Cannot load %s: its files differ from %s in %s. Nothing was committed. Start it again; if it differs again, look for a condition, an expression or a view that yields something else each time, as random() does"
            .formatted(load.name(), load.origin(), differences));
  }
}
