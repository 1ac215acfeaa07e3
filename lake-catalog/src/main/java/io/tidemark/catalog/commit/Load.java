package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * One commit that brings the rows of a load to a plain table.
 *
 * @param runId the caller's id of the run; the same id again is the same load
 * @param mode what becomes of the rows there are
 * @param files the files of the rows, none of them in the table yet
 * @param source where the rows come from, for people, e.g. {@code shop-db public.orders}
 * @param begin when it began: it does not replace all rows of one that began later; null where
 *     nobody knows, and whatever lands last is what there is
 * @param advance the step that it is among the loads of the table; null for one that stands alone
 * @param replacing tells how the rows go that an upsert replaces, on the table as it is at the base
 *     of an attempt; where it is asked again the answer before was of no use, and what it wrote is
 *     in no commit; null in the other modes
 */
public record Load(
    String runId,
    Mode mode,
    List<DataFile> files,
    String source,
    @Nullable Begin begin,
    @Nullable Advance advance,
    @Nullable Function<Table, Replacement> replacing) {

  /** What becomes of the rows that a table has. */
  public enum Mode {
    /** They go, and the load's rows are all there is. */
    FULL,
    /** They stay. */
    APPEND,
    /** Those go whose keys the load's rows have. */
    UPSERT;

    /** Returns the name that manifests and tables have for it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the mode of a name. */
    public static Mode of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * When a load began, before it read anything.
   *
   * @param at the time, by the clock of whoever planned it
   * @param snapshotId the table's snapshot then; null for none
   */
  public record Begin(Instant at, @Nullable Long snapshotId) implements Serializable {

    /** Returns the begin of a load of a table as it is now. */
    public static Begin of(Table table) {
      Snapshot head = table.currentSnapshot();
      return new Begin(
          Instant.now().truncatedTo(ChronoUnit.MILLIS), head == null ? null : head.snapshotId());
    }
  }

  /**
   * A step of loads that go on from each other.
   *
   * @param from what the table said when the load was planned; null for a load that is the first,
   *     or that replaces all rows and begins anew whatever the table says
   * @param to how far the loads have come with this one
   */
  public record Advance(@Nullable LoadState from, LoadPosition to) implements Serializable {}

  public Load {
    files = List.copyOf(files);
    if ((mode == Mode.UPSERT) != (replacing != null)) {
      throw new IllegalArgumentException("An upsert, and nothing else, replaces rows: " + mode);
    }
  }

  /** Returns a load that stands alone: it replaces all rows or adds to them. */
  public Load(String runId, Mode mode, List<DataFile> files, String source) {
    this(runId, mode, files, source, null, null, null);
  }

  /** Returns how many rows the files have. */
  public long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /** Tells how rows are replaced on a table. */
  public Replacement replace(Table table) {
    return Objects.requireNonNull(replacing).apply(table);
  }
}
