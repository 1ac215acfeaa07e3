package io.tidemark.catalog.ledger;

import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** The total of one measure over rows, by the measure's own merge function. */
final class MeasureTotal {

  private final Measure measure;
  private @Nullable BigDecimal value;

  private MeasureTotal(Measure measure) {
    this.measure = measure;
  }

  /** Returns an empty total for every measure whose rows have one. */
  static List<MeasureTotal> of(TableContract contract) {
    return contract.measures().stream()
        .filter(MeasureTotal::hasTotal)
        .map(MeasureTotal::new)
        .toList();
  }

  String name() {
    return measure.name();
  }

  /** Returns the total, or null where no row had a value. */
  @Nullable BigDecimal value() {
    return value;
  }

  void add(Record row) {
    BigDecimal added = exact(row.getField(measure.name()));
    if (added == null) {
      return;
    }
    value = value == null ? added : merge(value, added);
  }

  private BigDecimal merge(BigDecimal one, BigDecimal other) {
    if (measure.merge() instanceof Merge.Min) {
      return one.min(other);
    }
    return measure.merge() instanceof Merge.Max ? one.max(other) : one.add(other);
  }

  private static boolean hasTotal(Measure measure) {
    if (measure.merge() instanceof Merge.Last) {
      return false;
    }
    return switch (measure.type().typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE, DECIMAL, DATE, TIMESTAMP -> true;
      default -> false;
    };
  }

  /** Returns a value exactly; what is not a number in floating point counts as none. */
  private static @Nullable BigDecimal exact(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof OffsetDateTime time) {
      return BigDecimal.valueOf(DateTimeUtil.microsFromTimestamptz(time));
    }
    if (value instanceof LocalDateTime time) {
      return BigDecimal.valueOf(DateTimeUtil.microsFromTimestamp(time));
    }
    if (value instanceof LocalDate date) {
      return BigDecimal.valueOf(date.toEpochDay());
    }
    if (value instanceof Double || value instanceof Float) {
      double real = ((Number) value).doubleValue();
      return Double.isFinite(real) ? new BigDecimal(real) : null;
    }
    return BigDecimal.valueOf(((Number) value).longValue());
  }
}
