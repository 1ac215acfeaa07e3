package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnWriter;

/**
 * Values of one column, nulls among them, in the order they were appended. It grows with what is
 * appended and keeps its arrays when cleared. For one thread at a time.
 */
public abstract sealed class ColumnVector
    permits BooleanVector, NumberVector, FloatVector, DoubleVector, BytesVector, ListVector {

  private static final int FIRST_CAPACITY = 16;
  private static final int UUID_BYTES = 16;
  private static final int MAX_INT_DIGITS = 9;
  private static final int MAX_LONG_DIGITS = 18;

  private boolean[] nulls = {};
  private int size;
  private int nullCount;

  ColumnVector() {}

  /**
   * Returns an empty vector of the kind that holds a type's values.
   *
   * @throws IllegalArgumentException where no kind does: structs, maps, variants and the like
   */
  public static ColumnVector of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> new BooleanVector();
      case INTEGER, DATE -> new IntVector();
      case LONG, TIME, TIMESTAMP -> new LongVector();
      case FLOAT -> new FloatVector();
      case DOUBLE -> new DoubleVector();
      case STRING, BINARY -> new BytesVector();
      case UUID -> new BytesVector(UUID_BYTES);
      case FIXED -> new BytesVector(((Types.FixedType) type).length());
      case DECIMAL -> ofDecimal(((Types.DecimalType) type).precision());
      case LIST -> ofList(type.asListType());
      default ->
          throw new IllegalArgumentException("Cannot hold values of type %s".formatted(type));
    };
  }

  private static ColumnVector ofDecimal(int precision) {
    if (precision <= MAX_INT_DIGITS) {
      return new IntVector();
    }
    return precision <= MAX_LONG_DIGITS
        ? new LongVector()
        : new BytesVector(TypeUtil.decimalRequiredBytes(precision));
  }

  private static ColumnVector ofList(Types.ListType type) {
    return new ListVector(of(type.elementType()), type.isElementOptional());
  }

  /** Returns how many values there are, nulls included. */
  public final int size() {
    return size;
  }

  /** Says whether the value at a position, from 0, is null. */
  public final boolean isNull(int i) {
    return nulls[i];
  }

  /** Says whether any value is null. */
  public final boolean hasNulls() {
    return nullCount > 0;
  }

  /** Appends a null. */
  public final void appendNull() {
    int i = next();
    nulls[i] = true;
    nullCount++;
    nullAt(i);
  }

  /** Empties the vector. What it had room for, it keeps. */
  public void clear() {
    if (nullCount > 0) {
      Arrays.fill(nulls, 0, size, false);
    }
    size = 0;
    nullCount = 0;
  }

  /** Returns how many bytes its arrays take, for budgets: their capacity, not what is in use. */
  public long bytes() {
    return nulls.length;
  }

  /** Returns the position behind the values from a position on that are not null. */
  final int endOfRun(int from, int to) {
    if (nullCount == 0) {
      return to;
    }
    int end = from;
    while (end < to && !nulls[end]) {
      end++;
    }
    return end;
  }

  /** Copies which values between two positions are null, and returns how many are. */
  final int copyNulls(int from, int to, boolean[] into, int at) {
    int count = 0;
    for (int i = from; i < to; i++) {
      into[at + i - from] = nulls[i];
      count += nulls[i] ? 1 : 0;
    }
    return count;
  }

  /** Writes values to a column of a Parquet file. */
  abstract void write(int from, int to, Levels levels, ColumnWriter out);

  /** Returns a hash of the value at a position that is not null. */
  abstract int hash(int i);

  /** Lets a kind keep its own arrays in step with a null. */
  void nullAt(int i) {}

  /** Makes room for a value in the arrays of a kind. */
  abstract void reserve(int capacity);

  /** Returns the position of a value about to be appended. */
  final int next() {
    if (size == nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(size * 2, FIRST_CAPACITY));
      reserve(nulls.length);
    }
    return size++;
  }
}
