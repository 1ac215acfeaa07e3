package io.tidemark.stream;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/** A lake in a directory: a SQLite catalog, a warehouse and one table of clicks per hour. */
public final class Lake implements AutoCloseable {

  public static final String STREAM = "clicks-hourly";
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final TableLoader loader;
  private final OpenCatalog catalog;
  private final UnifiedTable table;

  private Lake(TableLoader loader, TableContract contract) {
    this.loader = loader;
    this.catalog = OpenCatalog.of(loader.catalog());
    this.table = UnifiedTable.createOrVerify(catalog.catalog(), loader.identifier(), contract);
  }

  public static Lake create(Path dir, OpenLayout layout) {
    return create(dir, contract().layout(layout).build());
  }

  public static Lake create(Path dir, TableContract contract) {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lake(new TableLoader(catalog(dir), "ads.clicks_hourly"), contract);
  }

  public static CatalogReference catalog(Path dir) {
    return new CatalogReference(
        "lake",
        Map.of(
            "type",
            "jdbc",
            "uri",
            "jdbc:sqlite:" + dir.resolve("catalog.db"),
            "warehouse",
            dir.resolve("warehouse").toString()));
  }

  /** Daily windows of Seoul from 2026-11-20 on; clicks are added, the last bid stays. */
  public static ContractBuilder contract() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, SEOUL, LocalDate.of(2026, 11, 20))
        .key("campaign_id", Types.LongType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum())
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
        .allowedSkew(Duration.ofDays(36_500));
  }

  public TableLoader loader() {
    return loader;
  }

  public UnifiedTable table() {
    return table.refresh();
  }

  public Window day(String date) {
    return table.contract().window().parse(date);
  }

  /** Closes a day without rows of the batch. */
  public void sealEmpty(String date) {
    sealEmpty(date, null);
  }

  /** Closes a day without rows of the batch, which has seen all before a cut. */
  public void sealEmpty(String date, @Nullable String cut) {
    Set<Seal.Allow> allowed =
        Set.of(Seal.Allow.EMPTY_WINDOW, Seal.Allow.SHRINK, Seal.Allow.AHEAD_OF_WATERMARK);
    SealPlan plan = table.planSeal("seal-" + date, day(date), allowed);
    table.seal(new Seal(plan, List.of(), cut, allowed));
  }

  /** Returns the clicks by day and campaign, e.g. {@code 2026-11-20/7}. */
  public Map<String, Long> clicks() {
    Map<String, Long> clicks = new TreeMap<>();
    for (Record row : rows(table().table())) {
      String day = row.getField("business_date") + "/" + row.getField("campaign_id");
      clicks.merge(day, (Long) row.getField("clicks"), Long::sum);
    }
    return clicks;
  }

  public long total() {
    return clicks().values().stream().mapToLong(Long::longValue).sum();
  }

  public List<Record> rows() {
    return rows(table().table());
  }

  public List<Record> late() {
    return rows(refreshed(table.late()));
  }

  /**
   * Returns a count that publishes keep in their summaries, e.g. {@code tidemark.late-rows}, by the
   * commits that counted any. How many publishes a run has depends on how fast its rows come.
   */
  public Map<String, Long> counted(String count) {
    Map<String, Long> counted = new TreeMap<>();
    for (Snapshot snapshot : table().table().snapshots()) {
      long rows = PropertyUtil.propertyAsLong(snapshot.summary(), count, 0);
      if (rows > 0) {
        counted.put(snapshot.summary().get("tidemark.commit-id"), rows);
      }
    }
    return counted;
  }

  public List<Record> deadLetters() {
    return rows(refreshed(table.deadLetters()));
  }

  private static Table refreshed(Table side) {
    side.refresh();
    return side;
  }

  private static List<Record> rows(Table table) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
      read.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
