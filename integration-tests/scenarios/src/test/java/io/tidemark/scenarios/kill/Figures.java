package io.tidemark.scenarios.kill;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What a table says of the open day.
 *
 * @param clicks the sum of clicks
 * @param cost the sum of cost
 * @param late the rows in the quarantine
 * @param history the sum of clicks at every snapshot, oldest first
 */
record Figures(long clicks, BigDecimal cost, long late, List<Long> history) {

  static Figures read(Site site) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      UnifiedTable table = new TableLoader(site.catalog(), Site.TABLE).load(open.catalog());
      List<Long> history = new ArrayList<>();
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(table.table())) {
        history.add(0, clicks(rows(table.table(), snapshot.snapshotId())));
      }
      List<Record> now = rows(table.table(), table.table().currentSnapshot().snapshotId());
      BigDecimal cost =
          now.stream()
              .map(row -> (BigDecimal) row.getField("cost"))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return new Figures(clicks(now), cost, count(table.late()), history);
    }
  }

  /** Returns the rows of a window at the table's newest snapshot. */
  static List<Record> rows(Site site, Window window) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      Table table = new TableLoader(site.catalog(), Site.TABLE).load(open.catalog()).table();
      return rows(
          table, table.currentSnapshot().snapshotId(), window.loMicros(), window.hiMicros());
    }
  }

  private static List<Record> rows(Table table, long snapshot) {
    return rows(table, snapshot, Window.micros(Clicks.OPEN_DAY), Long.MAX_VALUE);
  }

  private static List<Record> rows(Table table, long snapshot, long lo, long hi) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot)
            .where(
                Expressions.and(
                    Expressions.greaterThanOrEqual("hour", lo), Expressions.lessThan("hour", hi)))
            .build()) {
      List<Record> copies = new ArrayList<>();
      rows.forEach(row -> copies.add(row.copy()));
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long clicks(List<Record> rows) {
    return rows.stream().mapToLong(row -> (Long) row.getField("clicks")).sum();
  }

  private static long count(Table table) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      long count = 0;
      for (Record ignored : rows) {
        count++;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
