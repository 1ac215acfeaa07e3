package io.tidemark.batch.internal.columnar;

import io.tidemark.catalog.InvalidRequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of a source to Parquet data files of a table, in the table's current schema and
 * spec and by its {@code write.*} properties. Rows may come in any order: every partition has a
 * batch and a file of its own, open until the target file size is reached. Where all of them
 * together hold more memory than they may, the largest begin new row groups, or new files where
 * their row groups would be tiny.
 *
 * <p>For one thread. Files are not part of the table until somebody commits them.
 */
public final class ColumnarWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ColumnarWriter.class);

  private final FileIO io;
  private final OutputFileFactory names;
  private final FileShape shape;
  private final Partitions partitions;
  private final MemoryBudget budget;
  private final BatchWriting writing;
  private final List<OpenPartition> open = new ArrayList<>();
  private final List<DataFile> done = new ArrayList<>();

  /**
   * Creates a writer of rows whose columns are the table's, in the schema's order.
   *
   * @param names names the files; of format Parquet
   * @param memoryBytes how many bytes vectors and unwritten pages may take, give or take a batch of
   *     rows and what one page takes to compress
   * @param beside whether a thread of its own is to encode and compress a batch of rows while the
   *     next ones come: worth it where fewer threads write than there are cores
   * @throws IllegalArgumentException where the table has a column that no vector holds
   * @throws io.tidemark.catalog.InvalidRequestException where it asks for an unknown codec
   */
  public ColumnarWriter(Table table, OutputFileFactory names, long memoryBytes, boolean beside) {
    this.io = table.io();
    this.names = names;
    this.partitions = new Partitions(table.spec(), table.schema());
    this.budget = new MemoryBudget(memoryBytes);
    this.writing = new BatchWriting(beside);
    table.schema().columns().forEach(column -> ColumnVector.of(column.type()));
    this.shape = new FileShape(table);
  }

  /**
   * Takes the current row of a source. After any failure the writer can only be closed.
   *
   * @throws java.io.UncheckedIOException where a file cannot be written
   * @throws InvalidRequestException where a required column has nulls, or a row has more bytes than
   *     the memory allows, which a value takes several times on its way
   */
  public void append(RowReader row) {
    budget.check(row.bytes());
    partition(partitions.number(row)).append(row);
    if (budget.isExceeded()) {
      relieve();
    }
  }

  /**
   * Ends all files and hands them over: {@link #close()} deletes them no more.
   *
   * @return the files, with metrics; none where no row came
   * @throws java.io.UncheckedIOException where a file cannot be written
   */
  public List<DataFile> finish() {
    open.forEach(OpenPartition::finish);
    open.clear();
    List<DataFile> files = List.copyOf(done);
    done.clear();
    return files;
  }

  /** Deletes the files that were not handed over; what cannot be deleted is an orphan. */
  @Override
  public void close() {
    try (shape) {
      writing.close();
      Stream<String> unfinished = open.stream().map(OpenPartition::abandon);
      Stream<String> finished = done.stream().map(DataFile::location);
      Tasks.foreach(Stream.concat(unfinished, finished).filter(Objects::nonNull).toList())
          .noRetry()
          .suppressFailureWhenFinished()
          .onFailure((file, e) -> LOG.warn("Cannot delete {}, an orphan now", file, e))
          .run(io::deleteFile);
    }
    open.clear();
    done.clear();
  }

  private OpenPartition partition(int number) {
    while (open.size() <= number) {
      open.add(
          new OpenPartition(
              shape, names, partitions.partition(open.size()), budget, writing, done));
    }
    return open.get(number);
  }

  private void relieve() {
    List<OpenPartition> largest = new ArrayList<>(open);
    largest.sort(Comparator.comparingLong(OpenPartition::held).reversed());
    for (OpenPartition partition : largest) {
      if (budget.isRoomy()) {
        return;
      }
      partition.relieve();
    }
  }
}
