package io.tidemark.batch;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** A row of the table of ads. */
public record AdRow(
    @Nullable Instant period,
    @Nullable Long campaign,
    @Nullable String placement,
    long clicks,
    String cost) {

  /** A row by its hour, e.g. {@code 2026-11-20T10:00+09:00}. */
  public static AdRow at(String hour, long campaign, long clicks, String cost) {
    return new AdRow(OffsetDateTime.parse(hour).toInstant(), campaign, "top", clicks, cost);
  }

  public RowData data() {
    return GenericRowData.of(
        period == null ? null : TimestampData.fromInstant(period),
        campaign,
        placement == null ? null : StringData.fromString(placement),
        clicks * 10,
        clicks,
        DecimalData.fromBigDecimal(new BigDecimal(cost), 18, 2));
  }

  /** The row as a table shows it. */
  public String text(String owner) {
    return "%s %d %s %d %d %s %s"
        .formatted(
            period.atOffset(ZoneOffset.UTC), campaign, placement, clicks * 10, clicks, cost, owner);
  }

  Record record(Schema schema, TableContract contract) {
    GenericRecord row = GenericRecord.create(schema);
    row.setField("hour", period.atOffset(ZoneOffset.UTC));
    row.setField("campaign_id", campaign);
    row.setField("placement", placement);
    row.setField("impressions", clicks * 10);
    row.setField("clicks", clicks);
    row.setField("cost", new BigDecimal(cost));
    row.setField("is_final", false);
    if (contract.businessDate() != null) {
      Window window = contract.window().containing(period);
      row.setField(contract.businessDate(), contract.businessDateOf(window, Window.micros(period)));
    }
    return row;
  }
}
