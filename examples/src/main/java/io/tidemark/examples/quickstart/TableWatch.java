package io.tidemark.examples.quickstart;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Watches the table until it holds what was sent. */
final class TableWatch implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final OpenCatalog open;
  private final Catalog catalog;
  private final TableIdentifier name;

  TableWatch(Manifest manifest) {
    this.open = OpenCatalog.of(manifest.catalog());
    this.catalog = open.catalog();
    this.name = TableIdentifier.parse(StoryManifest.TABLE);
  }

  /** Returns once a day's figures are in the table. */
  void awaitFigures(LocalDate day, Figures figures, BooleanSupplier streaming) {
    await("%s of %s".formatted(figures, day), () -> figures.equals(figures().get(day)), streaming);
  }

  /** Returns once so many rows are quarantined. */
  void awaitLate(long rows, BooleanSupplier streaming) {
    await(rows + " late rows", () -> rows == rows(UnifiedTable.lateOf(name)), streaming);
  }

  UnifiedTable table() {
    return UnifiedTable.load(catalog, name);
  }

  @Override
  public void close() {
    open.close();
  }

  private Map<LocalDate, Figures> figures() {
    Map<LocalDate, Figures> figures = new TreeMap<>();
    if (!catalog.tableExists(name)) {
      return figures;
    }
    Table table = catalog.loadTable(name);
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      rows.forEach(row -> figures.merge(day(row), figures(row), Figures::plus));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
    return figures;
  }

  private long rows(TableIdentifier table) {
    Snapshot snapshot =
        catalog.tableExists(table) ? catalog.loadTable(table).currentSnapshot() : null;
    return snapshot == null
        ? 0
        : Long.parseLong(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  private void await(String what, BooleanSupplier there, BooleanSupplier streaming) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!there.getAsBoolean()) {
      if (!streaming.getAsBoolean()) {
        throw new IllegalStateException("The stream ended before the table had " + what);
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "The table has no %s after %d s; it has %s"
                .formatted(what, PATIENCE.toSeconds(), figures()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while watching the table", e);
    }
  }

  private static LocalDate day(Record row) {
    return StoryDays.dayOf(((OffsetDateTime) row.getField("hour")).toInstant());
  }

  private static Figures figures(Record row) {
    return new Figures(
        (Long) row.getField("impressions"),
        (Long) row.getField("clicks"),
        (BigDecimal) row.getField("cost"));
  }
}
