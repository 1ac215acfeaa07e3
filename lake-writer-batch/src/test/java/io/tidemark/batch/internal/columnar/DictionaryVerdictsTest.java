package io.tidemark.batch.internal.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToLongFunction;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Columns by how many distinct values they have, and in which order. */
class DictionaryVerdictsTest {

  private static final int ROWS = 1_000;

  private final DictionaryVerdicts verdicts = new DictionaryVerdicts(1);
  private final Random random = new Random(7);

  @Test
  void valuesOfAFewThousandAreWorthOne() {
    assertThat(isHopeless(row -> random.nextInt(2_500))).isFalse();
  }

  @Test
  void valuesOfManyThousandAreNot() {
    assertThat(isHopeless(row -> random.nextInt(20_000))).isTrue();
  }

  @Test
  void valuesThatNeverComeBackAreNot() {
    assertThat(isHopeless(row -> row / 4)).isTrue();
  }

  @Test
  void fewValuesInRunsAre() {
    assertThat(isHopeless(row -> row < ROWS / 2 ? 1 : 2)).isFalse();
  }

  @Test
  void aFewRowsTellNothing() {
    LongVector few = (LongVector) ColumnVector.of(Types.LongType.get());
    for (int row = 0; row < 100; row++) {
      few.append(row);
    }

    assertThat(verdicts.judge(0, few)).isFalse();
    assertThat(isHopeless(row -> row)).isTrue();
  }

  private boolean isHopeless(IntToLongFunction value) {
    LongVector values = (LongVector) ColumnVector.of(Types.LongType.get());
    for (int row = 0; row < ROWS; row++) {
      values.append(value.applyAsLong(row));
    }
    boolean now = verdicts.judge(0, values);
    assertThat(verdicts.isHopeless(0)).isEqualTo(now);
    return now;
  }
}
