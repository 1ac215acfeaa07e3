package io.tidemark.batch.internal.columnar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values that one field of a partition spec takes, numbered as they come. Iceberg's transform
 * decides, at most once for a source value that is remembered.
 */
final class PartitionValues {

  private final int column;
  private final Type type;
  private final ColumnVector source;
  private final SerializableFunction<Object, Object> transform;
  private final boolean ordered;

  private final Map<@Nullable Object, Integer> numbers = new HashMap<>();
  private final List<@Nullable Object> values = new ArrayList<>();
  private final PartitionRanges ranges = new PartitionRanges();
  private final RecentKeys keys = new RecentKeys();
  private final RecentBytes bytes = new RecentBytes();

  @SuppressWarnings("unchecked")
  PartitionValues(PartitionField field, Schema schema) {
    Types.NestedField source = schema.findField(field.sourceId());
    this.column = schema.columns().indexOf(source);
    this.type = source.type();
    this.source = ColumnVector.of(type);
    Transform<Object, Object> transform = (Transform<Object, Object>) field.transform();
    this.transform = transform.bind(type);
    this.ordered = transform.preservesOrder() && isInstant(type);
  }

  /** Returns the number of the value that the current row of a source has. */
  int number(RowReader row) {
    source.clear();
    row.read(column, source);
    if (source.isNull(0)) {
      return compute();
    }
    if (source instanceof BytesVector value) {
      return ofBytes(value.data(), value.end(0));
    }
    if (source instanceof NumberVector) {
      long value = SourceValue.integral(source);
      return ordered ? ofInstant(value) : ofKey(value);
    }
    return compute();
  }

  /** Returns the value with a number. */
  @Nullable Object value(int number) {
    return values.get(number);
  }

  /** Truncation preserves order too, but for the overflow at the least number there is. */
  private static boolean isInstant(Type type) {
    return type.typeId() == Type.TypeID.DATE || type.typeId() == Type.TypeID.TIMESTAMP;
  }

  private int ofInstant(long value) {
    int known = ranges.find(value);
    if (known != PartitionRanges.UNKNOWN) {
      return known;
    }
    int number = compute();
    ranges.add(value, number);
    return number;
  }

  private int ofKey(long value) {
    int known = keys.find(value);
    if (known != RecentKeys.UNKNOWN) {
      return known;
    }
    int number = compute();
    keys.add(value, number);
    return number;
  }

  private int ofBytes(byte[] data, int end) {
    int known = bytes.find(data, 0, end);
    if (known != RecentBytes.UNKNOWN) {
      return known;
    }
    int number = compute();
    bytes.add(data, 0, end, number);
    return number;
  }

  private int compute() {
    Object value = transform.apply(SourceValue.of(type, source));
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    numbers.put(value, values.size());
    values.add(value);
    return values.size() - 1;
  }
}
