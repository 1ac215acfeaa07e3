package io.tidemark.batch.internal.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UUIDUtil;
import org.jspecify.annotations.Nullable;

/** The first value of a vector as the object that Iceberg's transforms take. */
final class SourceValue {

  private SourceValue() {}

  static @Nullable Object of(Type type, ColumnVector vector) {
    if (vector.isNull(0)) {
      return null;
    }
    if (vector instanceof BytesVector bytes) {
      return ofBytes(type, bytes.get(0));
    }
    return switch (type.typeId()) {
      case BOOLEAN -> ((BooleanVector) vector).get(0);
      case FLOAT -> ((FloatVector) vector).get(0);
      case DOUBLE -> ((DoubleVector) vector).get(0);
      case INTEGER, DATE -> ((IntVector) vector).get(0);
      case DECIMAL -> BigDecimal.valueOf(integral(vector), ((Types.DecimalType) type).scale());
      default -> integral(vector);
    };
  }

  /** Returns the first value of a {@link NumberVector}. */
  static long integral(ColumnVector vector) {
    return ((NumberVector) vector).number(0);
  }

  private static Object ofBytes(Type type, byte[] bytes) {
    return switch (type.typeId()) {
      case STRING -> new String(bytes, StandardCharsets.UTF_8);
      case UUID -> UUIDUtil.convert(bytes);
      case DECIMAL -> new BigDecimal(new BigInteger(bytes), ((Types.DecimalType) type).scale());
      default -> ByteBuffer.wrap(bytes);
    };
  }
}
