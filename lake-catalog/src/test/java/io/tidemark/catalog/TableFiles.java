package io.tidemark.catalog;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;

/** Data files without bytes: what the commit layer sees of a file is its metadata. */
public final class TableFiles {

  private TableFiles() {}

  /** Returns a file with rows of one period. */
  public static DataFile file(UnifiedTable unified, Instant period, long rows) {
    return file(unified, period, period, rows);
  }

  /** Returns a file with rows from a first period to a last one, in the partition of the first. */
  public static DataFile file(UnifiedTable unified, Instant first, Instant last, long rows) {
    Table table = unified.table();
    TableContract contract = unified.contract();
    int periodId = table.schema().findField(contract.period().column()).fieldId();
    Metrics metrics =
        new Metrics(
            rows,
            null,
            Map.of(periodId, rows),
            Map.of(periodId, 0L),
            null,
            Map.of(
                periodId, Conversions.toByteBuffer(contract.period().type(), Window.micros(first))),
            Map.of(
                periodId, Conversions.toByteBuffer(contract.period().type(), Window.micros(last))));
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + UUID.randomUUID() + ".parquet")
        .withFileSizeInBytes(1_000)
        .withMetrics(metrics)
        .withPartition(partition(table.spec(), contract, first))
        .build();
  }

  private static PartitionData partition(
      PartitionSpec spec, TableContract contract, Instant period) {
    PartitionData partition = new PartitionData(spec.partitionType());
    for (int i = 0; i < spec.fields().size(); i++) {
      partition.set(i, value(spec.fields().get(i).transform().toString(), contract, period));
    }
    return partition;
  }

  private static int value(String transform, TableContract contract, Instant period) {
    long micros = Window.micros(period);
    return switch (transform) {
      case "identity" ->
          (int) contract.businessDateOf(contract.window().containing(period), micros).toEpochDay();
      case "hour" -> (int) Math.floorDiv(micros, 3_600_000_000L);
      case "day" -> (int) Math.floorDiv(micros, 86_400_000_000L);
      default -> 0;
    };
  }
}
