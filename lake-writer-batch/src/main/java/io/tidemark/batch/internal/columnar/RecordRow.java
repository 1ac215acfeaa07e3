package io.tidemark.batch.internal.columnar;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.iceberg.util.DecimalUtil;
import org.apache.iceberg.util.UUIDUtil;
import org.jspecify.annotations.Nullable;

/** A source whose current row is one of Iceberg's generic records. */
public final class RecordRow implements RowReader {

  private final List<Types.NestedField> columns;
  private Record record;

  /**
   * Creates a source that stands at its first record.
   *
   * @param schema the schema of the records
   */
  public RecordRow(Schema schema, Record first) {
    this.columns = schema.columns();
    this.record = first;
  }

  /** Moves to another record. */
  public RecordRow moveTo(Record next) {
    record = next;
    return this;
  }

  @Override
  public void read(int column, ColumnVector into) {
    append(columns.get(column).type(), record.get(column), into);
  }

  private static void append(Type type, @Nullable Object value, ColumnVector into) {
    if (value == null) {
      into.appendNull();
    } else if (into instanceof BooleanVector vector) {
      vector.append((Boolean) value);
    } else if (into instanceof IntVector vector) {
      vector.append((int) integral(value));
    } else if (into instanceof LongVector vector) {
      vector.append(integral(value));
    } else if (into instanceof FloatVector vector) {
      vector.append((Float) value);
    } else if (into instanceof DoubleVector vector) {
      vector.append((Double) value);
    } else if (into instanceof ListVector vector) {
      Type element = type.asListType().elementType();
      ((List<?>) value).forEach(e -> append(element, e, vector.elements()));
      vector.endList();
    } else if (into instanceof BytesVector vector) {
      byte[] bytes = bytes(type, value);
      vector.append(bytes, 0, bytes.length);
    }
  }

  private static long integral(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().longValueExact();
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1_000;
    } else if (value instanceof LocalDateTime time) {
      return DateTimeUtil.microsFromTimestamp(time);
    } else if (value instanceof OffsetDateTime time) {
      return ChronoUnit.MICROS.between(DateTimeUtil.EPOCH, time);
    }
    return ((Number) value).longValue();
  }

  private static byte[] bytes(Type type, Object value) {
    if (value instanceof BigDecimal decimal) {
      Types.DecimalType precise = (Types.DecimalType) type;
      byte[] reused = new byte[TypeUtil.decimalRequiredBytes(precise.precision())];
      return DecimalUtil.toReusedFixLengthBytes(
          precise.precision(), precise.scale(), decimal, reused);
    } else if (value instanceof UUID uuid) {
      return UUIDUtil.convert(uuid);
    } else if (value instanceof ByteBuffer buffer) {
      return ByteBuffers.toByteArray(buffer.duplicate());
    } else if (value instanceof byte[] bytes) {
      return bytes;
    }
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
