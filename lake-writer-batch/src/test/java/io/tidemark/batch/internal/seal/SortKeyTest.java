package io.tidemark.batch.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SortKeyTest {

  static Stream<Arguments> valuesInOrder() {
    return Stream.of(
        Arguments.of(
            Types.LongType.get(), values(null, Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE)),
        Arguments.of(Types.IntegerType.get(), values(null, Integer.MIN_VALUE, -200, 0, 7, 300)),
        Arguments.of(Types.BooleanType.get(), values(null, false, true)),
        Arguments.of(
            Types.StringType.get(),
            values(
                null,
                "",
                "\u0000",
                "\u0000\u0000",
                "\u0000a",
                "a",
                "a\u0000",
                "a\u0000b",
                "ab",
                "b",
                "é",
                "한")),
        Arguments.of(
            Types.DecimalType.of(38, 2),
            values(
                null,
                new BigDecimal("-999999999999999999999999999999999999.99"),
                new BigDecimal("-0.01"),
                new BigDecimal("0.00"),
                new BigDecimal("0.01"),
                new BigDecimal("999999999999999999999999999999999999.99"))),
        Arguments.of(
            Types.BinaryType.get(),
            values(null, bytes(), bytes(0), bytes(0, 1), bytes(1), bytes(1, 0), bytes(255))));
  }

  @ParameterizedTest
  @MethodSource("valuesInOrder")
  void keysSortAsTheirValuesDo(Type type, List<Object> ascending) {
    // Given
    List<Object> shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(1));

    // When
    shuffled.sort((a, b) -> Arrays.compare(key(type, a, 5L), key(type, b, 5L)));

    // Then
    assertThat(shuffled).containsExactlyElementsOf(ascending);
  }

  @ParameterizedTest
  @MethodSource("valuesInOrder")
  void anEarlierValueDecidesWhateverFollows(Type type, List<Object> ascending) {
    for (int i = 1; i < ascending.size(); i++) {
      byte[] less = key(type, ascending.get(i - 1), Long.MAX_VALUE);
      byte[] more = key(type, ascending.get(i), Long.MIN_VALUE);

      assertThat(Arrays.compare(less, more)).isNegative();
    }
  }

  private static byte[] key(Type type, @Nullable Object value, long next) {
    return new SortKey().add(type, value).add(Types.LongType.get(), next).toBytes();
  }

  private static List<Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    Arrays.stream(values).forEach(v -> buffer.put((byte) v));
    return buffer.flip();
  }
}
