package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/** What a table of clicks says, against what was sent. */
final class Figures {

  private static final Pattern OFFSET = Pattern.compile("\"([^\"]+)\":\"(\\d+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Figures() {}

  /**
   * Waits until the table and the quarantine have as many events as were sent, and not one more.
   *
   * @param trouble why there is nothing to wait for any more, or null
   */
  static void await(Site site, Clicks clicks, Supplier<String> trouble) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      UnifiedTable table = site.loader().load(open.catalog());
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!isComplete(table, clicks)) {
        awaitChange(table, deadline, trouble);
      }
      assertThat(late(table)).isEqualTo(clicks.late());
      assertThat(now(table)).isEqualTo(clicks.open());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for figures", e);
    }
  }

  /** Waits for another snapshot of the table or of its quarantine. */
  private static void awaitChange(UnifiedTable table, Instant deadline, Supplier<String> trouble)
      throws InterruptedException {
    List<Long> seen = heads(table);
    while (heads(table).equals(seen)) {
      assertThat(trouble.get()).isNull();
      assertThat(Instant.now())
          .as(() -> "%s, and %d late".formatted(now(table), late(table)))
          .isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
      table.refresh();
      table.late().refresh();
    }
  }

  private static List<Long> heads(UnifiedTable table) {
    return Stream.of(table.table(), table.late())
        .map(Table::currentSnapshot)
        .map(snapshot -> snapshot == null ? 0L : snapshot.snapshotId())
        .toList();
  }

  private static boolean isComplete(UnifiedTable table, Clicks clicks) {
    return now(table).clicks() >= clicks.open().clicks() && late(table) >= clicks.late();
  }

  /**
   * Holds every snapshot against the events up to the offsets that its commit names; one that names
   * none leaves them as they were.
   */
  static void assertExactAtEverySnapshot(Site site, Clicks clicks) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      assertExactAtEverySnapshot(site.loader().load(open.catalog()).table(), clicks);
    }
  }

  private static void assertExactAtEverySnapshot(Table table, Clicks clicks) {
    List<Snapshot> oldestFirst = new ArrayList<>();
    SnapshotUtil.currentAncestors(table).forEach(snapshot -> oldestFirst.add(0, snapshot));
    Map<String, Integer> offsets = Map.of();
    for (Snapshot snapshot : oldestFirst) {
      String positions = snapshot.summary().get("tidemark.positions");
      offsets = positions == null ? offsets : offsets(positions);
      assertThat(open(table, snapshot.snapshotId()))
          .as("%s at %s", snapshot, offsets)
          .isEqualTo(clicks.open(offsets));
    }
  }

  /** Reads {@code {"topic-0":"12","topic-1":"7"}}. */
  private static Map<String, Integer> offsets(String positions) {
    return OFFSET
        .matcher(positions)
        .results()
        .collect(Collectors.toMap(m -> m.group(1), m -> Integer.valueOf(m.group(2))));
  }

  private static Totals now(UnifiedTable table) {
    return open(table.table(), table.table().currentSnapshot().snapshotId());
  }

  private static Totals open(Table table, long snapshot) {
    return totals(rows(table, snapshot, Window.micros(Clicks.OPEN_DAY), Long.MAX_VALUE));
  }

  /** Returns the rows of a window at the table's newest snapshot. */
  static List<Record> rows(Site site, Window window) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      Table table = site.loader().load(open.catalog()).table();
      return rows(
          table, table.currentSnapshot().snapshotId(), window.loMicros(), window.hiMicros());
    }
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

  /** Returns the sums of rows. */
  static Totals totals(List<Record> rows) {
    Totals totals = Totals.none();
    for (Record row : rows) {
      totals = totals.plus((Long) row.getField("clicks"), (BigDecimal) row.getField("cost"));
    }
    return totals;
  }

  private static long late(UnifiedTable table) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table.late()).build()) {
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
