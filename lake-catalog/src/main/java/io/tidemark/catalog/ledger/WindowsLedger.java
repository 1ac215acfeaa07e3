package io.tidemark.catalog.ledger;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.internal.DerivedTable;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The windows ledger: what was sealed when, by which run, and how far the stream's figures had
 * drifted from the batch's; a plain table {@code tidemark_windows} beside the unified tables of a
 * namespace, for any engine to query.
 *
 * <p>It has one row per table, window, version and measure, and one more with measure {@code
 * count(*)} for the number of rows. {@code stream_value} is the total before the seal (before a
 * reseal, that of the batch's earlier version), {@code batch_value} the one after it, {@code drift}
 * the difference. A window's {@code state} is {@code closed} in its current version, {@code
 * superseded} in an earlier one, {@code open} where a repair opened it again.
 *
 * <p>The ledger is worked out after the commits it tells of, from the snapshots that are retained,
 * and never read by the protocol. What has expired by then is null. For one thread; several may
 * update one ledger at a time.
 */
public final class WindowsLedger {

  /** The name of the ledger's table. */
  public static final String NAME = "tidemark_windows";

  /** The measure under which the number of rows is kept. */
  public static final String ROW_COUNT = "count(*)";

  private static final Comparator<LedgerRow> ORDER =
      Comparator.comparing((LedgerRow row) -> row.key().window())
          .thenComparing(row -> row.key().version());

  private final Catalog catalog;
  private final UnifiedTable unified;
  private final LedgerTable rows;

  private WindowsLedger(Catalog catalog, UnifiedTable unified) {
    this.catalog = catalog;
    this.unified = unified;
    this.rows = new LedgerTable(unified.identifier().toString());
  }

  /** Returns the ledger of a table. Its own table is created by the first update. */
  public static WindowsLedger of(Catalog catalog, UnifiedTable table) {
    return new WindowsLedger(catalog, table);
  }

  /** Returns the identifier of the ledger that tells of a table. */
  public static TableIdentifier identifierOf(TableIdentifier table) {
    return TableIdentifier.of(table.namespace(), NAME);
  }

  /** Returns how many retained seals the ledger does not have yet. */
  public int missing() {
    TableIdentifier identifier = identifierOf(unified.identifier());
    List<LedgerRow> known =
        catalog.tableExists(identifier) ? rows.read(catalog.loadTable(identifier)) : List.of();
    return missing(known).size();
  }

  /**
   * Adds the retained seals that the ledger does not have, and brings the states of all windows up
   * to date. Rows that are there keep what they know. Doing it again changes nothing.
   *
   * @return whether anything was written
   */
  public boolean update() {
    return replace(rows::read, this::read);
  }

  /**
   * Adds one seal whose drift is known, right after its commit, without reading a row.
   *
   * @param drift the drift of the seal's windows
   * @return whether anything was written; a seal that was a no-op adds nothing
   */
  public boolean record(SealResult seal, List<Drift> drift) {
    return replace(
        rows::read,
        retained ->
            retained.snapshot().snapshotId() == seal.snapshotId() && !seal.alreadySealed()
                ? retained.rows(unified, drift)
                : List.of());
  }

  /**
   * Works the table's rows out anew from what is retained. What only the ledger knew is lost: the
   * drift of seals whose snapshots have expired becomes null.
   *
   * @return whether anything was written
   */
  public boolean rebuild() {
    return replace(ledger -> List.of(), this::read);
  }

  private List<LedgerRow> read(RetainedSeal seal) {
    return seal.rows(unified, seal.drift(unified));
  }

  private boolean replace(
      Function<Table, List<LedgerRow>> kept, Function<RetainedSeal, List<LedgerRow>> added) {
    unified.refresh();
    Table ledger = LedgerTable.loadOrCreate(catalog, identifierOf(unified.identifier()));
    return new DerivedTable(ledger, CommitTiming.DEFAULT)
        .replace(rows.filter(), base -> content(base, kept.apply(base), added));
  }

  private Optional<List<DataFile>> content(
      Table ledger, List<LedgerRow> kept, Function<RetainedSeal, List<LedgerRow>> added) {
    List<LedgerRow> now = merge(kept, added);
    Set<LedgerRow> before = new HashSet<>(rows.read(ledger));
    return before.equals(new HashSet<>(now))
        ? Optional.empty()
        : Optional.of(rows.write(ledger, now));
  }

  private List<LedgerRow> merge(
      List<LedgerRow> kept, Function<RetainedSeal, List<LedgerRow>> added) {
    Map<LedgerRow.Key, LedgerRow> merged = new LinkedHashMap<>();
    kept.forEach(row -> merged.put(row.key(), row));
    missing(kept).stream()
        .flatMap(seal -> added.apply(seal).stream())
        .forEach(row -> merged.put(row.key(), row));
    ClosedSet closed = unified.state().closed();
    closedWindows(closed).forEach(row -> merged.putIfAbsent(row.key(), row));
    return merged.values().stream().map(row -> upToDate(row, closed)).sorted(ORDER).toList();
  }

  private List<RetainedSeal> missing(List<LedgerRow> known) {
    Set<Long> snapshots =
        known.stream()
            .map(LedgerRow::seal)
            .flatMap(Stream::ofNullable)
            .map(LedgerRow.SealedBy::snapshotId)
            .collect(Collectors.toSet());
    return RetainedSeal.of(unified).stream()
        .filter(seal -> !snapshots.contains(seal.snapshot().snapshotId()))
        .toList();
  }

  private static LedgerRow upToDate(LedgerRow row, ClosedSet closed) {
    LedgerRow.Key key = row.key();
    return row.withState(LedgerRow.State.of(key.version(), closed.version(key.window())));
  }

  /** Closed windows are listed even where nothing else is known of them. */
  private List<LedgerRow> closedWindows(ClosedSet closed) {
    List<LedgerRow> known = new ArrayList<>();
    for (ClosedRange range : closed.ranges()) {
      for (Window window : unified.contract().window().split(range.range())) {
        measures()
            .map(measure -> new LedgerRow.Key(window, range.version(), measure))
            .map(key -> new LedgerRow(key, LedgerRow.State.CLOSED, null, null, null, null))
            .forEach(known::add);
      }
    }
    return known;
  }

  private Stream<String> measures() {
    return Stream.concat(
        Stream.of(ROW_COUNT), unified.contract().measures().stream().map(Measure::name));
  }
}
