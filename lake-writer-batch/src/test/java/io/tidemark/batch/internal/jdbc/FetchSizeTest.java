package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchSizeTest {

  private static final int ROWS = 40_000;

  @Test
  void growsToWhatRowsOfTheirSizeComeTo() throws SQLException {
    List<Integer> sizes = new ArrayList<>();

    read(driver(sizes, true), 1_000);

    assertThat(sizes).startsWith(200, 262).allMatch(rows -> rows <= 262);
  }

  @Test
  void rowsOfADriverThatTakesNoHintAreReadAsItBringsThem() throws SQLException {
    List<Integer> sizes = new ArrayList<>();

    read(driver(sizes, false), 1_000);

    assertThat(sizes).containsExactly(200);
  }

  private static void read(ResultSet result, int bytes) throws SQLException {
    FetchSize size = new FetchSize();
    for (int row = 0; row < ROWS; row++) {
      size.next(result);
      size.add(bytes);
    }
  }

  /** A result of a driver that is told fetch sizes, and may know none once it has begun. */
  private static ResultSet driver(List<Integer> told, boolean takes) {
    return (ResultSet)
        Proxy.newProxyInstance(
            FetchSizeTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (proxy, method, arguments) -> {
              told.add((Integer) arguments[0]);
              if (!takes) {
                throw new SQLFeatureNotSupportedException(method.getName());
              }
              return null;
            });
  }
}
