package io.tidemark.catalog.internal;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.jspecify.annotations.Nullable;

/** Tells which windows a file's rows belong to, by its period metrics, or else its partition. */
final class FileWindows {

  private final TableContract contract;
  private final Schema schema;
  private final Map<Integer, PartitionSpec> specs;
  private final int periodId;

  FileWindows(TableContract contract, Schema schema, Map<Integer, PartitionSpec> specs) {
    this.contract = contract;
    this.schema = schema;
    this.specs = specs;
    this.periodId = schema.findField(contract.period().column()).fieldId();
  }

  /**
   * Returns the least range of whole windows that holds a file's periods, by its metrics; empty
   * where it has none of them, or a row without a period.
   */
  Optional<Window> byMetrics(ContentFile<?> file) {
    Long lower = bound(file.lowerBounds());
    Long upper = bound(file.upperBounds());
    if (lower == null || upper == null || hasNull(file.nullValueCounts())) {
      return Optional.empty();
    }
    return Optional.of(
        new Window(
            contract.window().containing(lower).lo(), contract.window().containing(upper).hi()));
  }

  /**
   * Returns the window that holds all rows of a file; empty where its metrics do not tell, or its
   * partition is that of another window: filters by partition would miss it.
   */
  Optional<Window> holding(ContentFile<?> file) {
    return byMetrics(file)
        .filter(window -> byPartition(file).filter(p -> !p.equals(window)).isEmpty());
  }

  /** Returns the least range of whole windows that a file may touch; empty where nobody can say. */
  Optional<Window> touched(ContentFile<?> file) {
    Optional<Window> byMetrics = byMetrics(file);
    return byMetrics.isPresent() ? byMetrics : byPartition(file);
  }

  /** Returns the least period of a file, if its metrics tell. */
  Optional<Instant> firstPeriod(ContentFile<?> file) {
    return Optional.ofNullable(bound(file.lowerBounds())).map(Window::instant);
  }

  private boolean hasNull(@Nullable Map<Integer, Long> counts) {
    return counts != null && counts.getOrDefault(periodId, 0L) > 0;
  }

  private @Nullable Long bound(@Nullable Map<Integer, ByteBuffer> bounds) {
    ByteBuffer value = bounds == null ? null : bounds.get(periodId);
    return value == null ? null : Conversions.fromByteBuffer(contract.period().type(), value);
  }

  private Optional<Window> byPartition(ContentFile<?> file) {
    PartitionSpec spec = specs.get(file.specId());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      String column = schema.findColumnName(field.sourceId());
      Object value = file.partition().get(i, Object.class);
      if (value == null || column == null) {
        continue;
      }
      String transform = field.transform().toString();
      if (column.equals(contract.businessDate()) && !transform.equals("month")) {
        LocalDate date = LocalDate.ofEpochDay((Integer) value);
        return Optional.of(
            contract.window().containing(date.atStartOfDay(contract.window().zone()).toInstant()));
      }
      if (column.equals(contract.period().column()) && transform.equals("hour")) {
        return Optional.of(contract.window().containing((Integer) value * 3_600_000_000L));
      }
      if (column.equals(contract.period().column()) && transform.equals("day")) {
        return Optional.of(contract.window().containing((Integer) value * 86_400_000_000L));
      }
    }
    return Optional.empty();
  }

  /** Returns the key bucket of a file's partition, or 0 where its spec has none. */
  int bucket(ContentFile<?> file) {
    PartitionSpec spec = specs.get(file.specId());
    int keyId = schema.findField(contract.bucketKey()).fieldId();
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (field.sourceId() == keyId && field.transform().toString().startsWith("bucket[")) {
        return file.partition().get(i, Integer.class);
      }
    }
    return 0;
  }
}
