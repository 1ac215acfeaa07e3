package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Times as fine as some databases have them, and none that can be embedded here. */
class GetterTimesTest {

  private final ColumnVector times = ColumnVector.of(Types.TimeType.get());

  @Test
  void microsecondsAreKept() throws SQLException {
    GetterTimes.time(row(LocalTime.of(0, 0, 1, 123_456_000)), 1, times);
    GetterTimes.timestamp(row(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 7_000)), 1, times);

    assertThat(((LongVector) times).get(0)).isEqualTo(1_123_456);
    assertThat(((LongVector) times).get(1)).isEqualTo(7);
  }

  @Test
  void whatIsFinerIsNotCut() {
    assertThatThrownBy(() -> GetterTimes.time(row(LocalTime.of(0, 0, 1, 123_456_700)), 1, times))
        .isInstanceOf(UnfitValueException.class)
        .hasMessageContaining("00:00:01.123456700 is finer than a microsecond");
    assertThatThrownBy(
            () -> GetterTimes.timestamp(row(LocalDateTime.of(2026, 11, 22, 0, 0, 0, 1)), 1, times))
        .isInstanceOf(UnfitValueException.class);
  }

  private static ResultSet row(Object value) {
    return (ResultSet)
        Proxy.newProxyInstance(
            GetterTimesTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (result, method, arguments) -> value);
  }
}
