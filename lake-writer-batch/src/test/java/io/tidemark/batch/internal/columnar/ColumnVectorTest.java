package io.tidemark.batch.internal.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnVectorTest {

  @ParameterizedTest
  @CsvSource({
    "boolean, BooleanVector",
    "int, IntVector",
    "date, IntVector",
    "'decimal(9, 2)', IntVector",
    "long, LongVector",
    "time, LongVector",
    "timestamp, LongVector",
    "timestamptz, LongVector",
    "'decimal(10, 2)', LongVector",
    "'decimal(18, 2)', LongVector",
    "'decimal(19, 2)', BytesVector",
    "float, FloatVector",
    "double, DoubleVector",
    "string, BytesVector",
    "binary, BytesVector",
    "uuid, BytesVector",
    "fixed[3], BytesVector"
  })
  void aTypeHasItsKind(String type, String kind) {
    assertThat(ColumnVector.of(Types.fromPrimitiveString(type)).getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @Test
  void structsAreNotHeld() {
    Type struct = Types.StructType.of();

    assertThatThrownBy(() -> ColumnVector.of(struct))
        .hasMessage("Cannot hold values of type struct<>");
  }

  @Test
  void valuesAndNullsComeBackAcrossGrowth() {
    // Given
    LongVector vector = new LongVector();

    // When
    IntStream.range(0, 1000).forEach(i -> append(vector, i));

    // Then
    assertThat(vector.size()).isEqualTo(1000);
    assertThat(vector.get(999)).isEqualTo(999);
    assertThat(vector.isNull(999)).isFalse();
    assertThat(vector.isNull(994)).isTrue();
    assertThat(vector.bytes()).isBetween(9_000L, 20_000L);
  }

  @Test
  void aClearedVectorHoldsNothingOfBefore() {
    // Given
    LongVector vector = new LongVector();
    IntStream.range(0, 100).forEach(i -> append(vector, i));

    // When
    vector.clear();

    // Then
    IntStream.range(0, 100).forEach(vector::append);
    assertThat(vector.hasNulls()).isFalse();
    assertThat(IntStream.range(0, 100)).allMatch(i -> vector.get(i) == i && !vector.isNull(i));
  }

  @Test
  void bytesComeBackWithNullsAndEmptyValuesBetweenThem() {
    // Given
    BytesVector vector = new BytesVector();

    // When
    append(vector, "tide");
    vector.appendNull();
    append(vector, "");
    append(vector, "x".repeat(1000));

    // Then
    assertThat(text(vector, 0)).isEqualTo("tide");
    assertThat(vector.isNull(1)).isTrue();
    assertThat(vector.get(1)).isEmpty();
    assertThat(text(vector, 2)).isEmpty();
    assertThat(vector.isNull(2)).isFalse();
    assertThat(text(vector, 3)).hasSize(1000);
  }

  @Test
  void listsEndWhereTheirElementsDo() {
    // Given
    ListVector lists =
        (ListVector) ColumnVector.of(Types.ListType.ofOptional(1, Types.IntegerType.get()));
    IntVector elements = (IntVector) lists.elements();

    // When
    elements.append(1);
    elements.appendNull();
    lists.endList();
    lists.appendNull();
    lists.endList();
    elements.append(2);
    lists.endList();

    // Then
    assertThat(lists.size()).isEqualTo(4);
    assertThat(IntStream.range(0, 4).map(lists::start)).containsExactly(0, 2, 2, 2);
    assertThat(IntStream.range(0, 4).map(lists::end)).containsExactly(2, 2, 2, 3);
    assertThat(lists.isNull(1)).isTrue();
    assertThat(lists.isNull(2)).isFalse();
  }

  private static void append(LongVector vector, int value) {
    if (value % 7 == 0) {
      vector.appendNull();
    } else {
      vector.append(value);
    }
  }

  private static void append(BytesVector vector, String value) {
    byte[] bytes = ("<" + value + ">").getBytes(StandardCharsets.UTF_8);
    vector.append(bytes, 1, bytes.length - 2);
  }

  private static String text(BytesVector vector, int i) {
    return new String(vector.get(i), StandardCharsets.UTF_8);
  }
}
