package io.tidemark.batch.internal.upsert;

import io.tidemark.batch.internal.UncommittedFiles;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Replacement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans how the rows go that have the keys of a load, on one base after another. Only the key's
 * columns are read, of the files that may have them, and of each file once, whatever becomes of the
 * table meanwhile: a data file never changes.
 */
public final class UpsertPlan implements Function<Table, Replacement> {

  private static final RoaringBitmap NO_ROWS = new RoaringBitmap();

  private static final Logger LOG = LoggerFactory.getLogger(UpsertPlan.class);

  private final List<String> key;
  private final List<DataFile> loaded;
  private final long memory;
  private final Supplier<String> operations;

  /** By data file the positions of the rows that have the keys: memory goes by their number. */
  private final Map<String, RoaringBitmap> found = new ConcurrentHashMap<>();

  private final Set<String> written = new HashSet<>();
  private @Nullable Table base;
  private boolean checked;

  /**
   * @param key the columns that tell rows apart
   * @param loaded the files of the load, none of them in the table
   * @param memory how many bytes the keys may take at a time: what does not fit takes several
   *     passes over the files
   * @param operations what the names of the files have in common that one plan writes, another text
   *     for each
   */
  public UpsertPlan(
      List<String> key, List<DataFile> loaded, long memory, Supplier<String> operations) {
    this.key = List.copyOf(key);
    this.loaded = List.copyOf(loaded);
    this.memory = memory;
    this.operations = operations;
  }

  /**
   * Checks that columns can be a key.
   *
   * @throws InvalidRequestException if there is no such column, or its type will not do
   */
  public static void checkKey(Schema schema, List<String> columns) {
    Key.of(schema, columns);
  }

  /**
   * Checks that the rows of the load have a key each.
   *
   * @throws RefusedException if two rows have one key, or one has none
   */
  public void check(Table table) {
    search(table, Key.of(table.schema(), key), List.of());
  }

  /**
   * Does the same, and looks for the keys in a table.
   *
   * @throws RefusedException if two rows have one key, or one has none
   */
  public void search(Table table) {
    Key columns = Key.of(table.schema(), key);
    search(table, columns, new Candidates(table, columns, loaded).find());
  }

  /**
   * Plans on a base. What a plan before has written is deleted: it is in no commit. A plan that
   * fails leaves nothing behind.
   *
   * @throws RefusedException if two rows of the load have one key, or one has none
   */
  @Override
  public Replacement apply(Table on) {
    discard();
    base = on;
    try {
      return plan(on);
    } catch (RuntimeException e) {
      discard();
      throw e;
    }
  }

  private Replacement plan(Table on) {
    Key columns = Key.of(on.schema(), key);
    List<FileScanTask> candidates = new Candidates(on, columns, loaded).find();
    search(on, columns, candidates);
    List<Positions> positions =
        candidates.stream()
            .filter(task -> !found.getOrDefault(task.file().location(), NO_ROWS).isEmpty())
            .map(task -> Positions.of(on, task, found.get(task.file().location())))
            .filter(of -> of.rows() > 0)
            .toList();
    return replacement(on, positions);
  }

  /** Deletes what the last plan has written, where it is in no commit for certain. */
  public void discard() {
    if (base != null) {
      UncommittedFiles.deleteAt(base.io(), written);
    }
    written.clear();
  }

  private void search(Table table, Key columns, List<FileScanTask> candidates) {
    List<FileScanTask> unread =
        candidates.stream().filter(t -> !found.containsKey(t.file().location())).toList();
    if (checked && unread.isEmpty()) {
      return;
    }
    long rows = loaded.stream().mapToLong(DataFile::recordCount).sum();
    List<Supplier<KeySet>> shares = KeySet.shares(rows, memory);
    if (shares.size() > 1) {
      LOG.info(
          "Looking for the keys of {} rows in {} in {} passes, as {} bytes hold no more of them at a time; a larger heap makes for fewer",
          rows,
          table.name(),
          shares.size(),
          memory);
    }
    for (Supplier<KeySet> share : shares) {
      KeySet keys = share.get();
      loaded.forEach(file -> addKeys(table, columns, file, keys));
      Tasks.foreach(unread)
          .executeWith(ThreadPools.getWorkerPool())
          .stopOnFailure()
          .throwFailureWhenFinished()
          .run(task -> lookUp(table, columns, task, keys));
    }
    checked = true;
  }

  private static void addKeys(Table table, Key columns, DataFile file, KeySet keys) {
    KeyReader reader = new KeyReader(table, columns);
    KeyDigest digest = reader.digest();
    reader.read(
        file,
        Map.of(),
        (position, hasKey) -> {
          if (!hasKey) {
            throw refused(table, "a row that was read has no key: " + reader.text());
          }
          if (keys.takes(digest.high(), digest.low()) && !keys.add(digest.high(), digest.low())) {
            throw refused(table, "two rows that were read have one key: " + reader.text());
          }
        });
  }

  private static RefusedException refused(Table table, String reason) {
    return new RefusedException(
        "Cannot load %s: %s. Name columns that tell the rows apart as its key. Nothing was committed."
            .formatted(table.name(), reason));
  }

  /** A file without a hit is known for it, so that it is not read again on the next base. */
  private void lookUp(Table table, Key columns, FileScanTask task, KeySet keys) {
    RoaringBitmap hits = new RoaringBitmap();
    KeyReader reader = new KeyReader(table, columns);
    KeyDigest digest = reader.digest();
    reader.read(
        task.file(),
        FileRows.constants(task),
        (position, hasKey) -> {
          if (hasKey
              && keys.takes(digest.high(), digest.low())
              && keys.contains(digest.high(), digest.low())) {
            hits.add(Math.toIntExact(position));
          }
        });
    found.computeIfAbsent(task.file().location(), path -> new RoaringBitmap()).or(hits);
  }

  private Replacement replacement(Table on, List<Positions> positions) {
    List<Positions> emptied = new ArrayList<>();
    List<Positions> thinned = new ArrayList<>();
    List<Positions> marked = new ArrayList<>();
    boolean mayRewrite = mayRewrite(on);
    for (Positions of : positions) {
      if (of.staying() == 0) {
        emptied.add(of);
      } else if (mayRewrite && of.staying() <= of.rows()) {
        thinned.add(of);
      } else {
        marked.add(of);
      }
    }
    String operation = operations.get();
    SurvivingRows rows = new SurvivingRows(on, operation);
    PositionDeletes deletes = new PositionDeletes(on, operation);
    try {
      thinned.forEach(rows::write);
      deletes.write(marked);
    } finally {
      rows.written().forEach(file -> written.add(file.location()));
      deletes.written().forEach(file -> written.add(file.location()));
    }
    List<Positions> removed = new ArrayList<>(emptied);
    removed.addAll(thinned);
    List<DeleteFile> superseded = new ArrayList<>(deletes.superseded());
    removed.forEach(of -> superseded.addAll(of.ownDeletes()));
    return new Replacement(
        removed.stream().map(of -> of.task().file()).toList(),
        rows.written(),
        deletes.written(),
        superseded,
        positions.stream().mapToLong(Positions::rows).sum());
  }

  /**
   * Where no more rows of a file stay than the load brings in place of others of it, writing them
   * anew at most doubles what the load writes, and spares readers a file most of which is gone. Not
   * in a table with equality deletes, which would not hold for a new file; and not where rows have
   * an identity of their own, which a deletion vector leaves alone.
   */
  private static boolean mayRewrite(Table on) {
    boolean rowsHaveIdentity = TableUtil.formatVersion(on) >= PositionDeletes.VECTORS;
    return !rowsHaveIdentity
        && on.currentSnapshot() != null
        && "0".equals(on.currentSnapshot().summary().get(SnapshotSummary.TOTAL_EQ_DELETES_PROP));
  }
}
