package io.tidemark.examples.sketches;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** A table of clicks per campaign and hour, in a directory, closed by days of Seoul. */
final class CampaignHours implements AutoCloseable {

  static final InternalTypeInfo<RowData> TYPE =
      InternalTypeInfo.of(
          RowType.of(
              new LogicalType[] {
                new LocalZonedTimestampType(6), new BigIntType(), new BigIntType()
              },
              new String[] {"hour", "campaign_id", "clicks"}));

  private final TableLoader loader;
  private final OpenCatalog catalog;
  private final UnifiedTable table;

  private CampaignHours(TableLoader loader, OpenCatalog catalog, UnifiedTable table) {
    this.loader = loader;
    this.catalog = catalog;
    this.table = table;
  }

  static CampaignHours create(Path dir) {
    CatalogReference reference =
        new CatalogReference(
            "lake",
            Map.of(
                "type", "jdbc",
                "uri", "jdbc:sqlite:" + dir.resolve("catalog.db"),
                "warehouse", "file:" + dir.resolve("warehouse")));
    TableContract contract =
        TableContract.builder()
            .period("hour", Grain.HOUR)
            .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 20))
            .key("campaign_id", Types.LongType.get())
            .measure("clicks", Types.LongType.get(), new Merge.Sum())
            .build();
    TableLoader loader = new TableLoader(reference, "ads.campaign_hourly");
    OpenCatalog catalog = OpenCatalog.of(reference);
    UnifiedTable table =
        UnifiedTable.createOrVerify(catalog.catalog(), loader.identifier(), contract);
    return new CampaignHours(loader, catalog, table);
  }

  static RowData row(String hour, long campaign, long clicks) {
    return GenericRowData.of(TimestampData.fromInstant(Instant.parse(hour)), campaign, clicks);
  }

  TableLoader loader() {
    return loader;
  }

  Window day(String date) {
    return table.contract().window().parse(date);
  }

  /** Returns a line per row: its day, whether it is sealed, its clicks. */
  List<String> clicks() throws IOException {
    List<String> clicks = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table.refresh().table()).build()) {
      rows.forEach(
          row ->
              clicks.add(
                  "%s %s %s"
                      .formatted(
                          row.getField("business_date"),
                          row.getField("is_final"),
                          row.getField("clicks"))));
    }
    Collections.sort(clicks);
    return clicks;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
