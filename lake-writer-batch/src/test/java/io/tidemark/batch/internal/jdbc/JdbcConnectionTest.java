package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.Source;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcConnectionTest {

  /** SQL Server makes a state of a number that each of its errors counts by itself. */
  @ParameterizedTest
  @CsvSource({",0", "S0001,102", "S0002,208", "S0010,195", "42X05,0"})
  void refusalThatTellsOfNothingElseIsAboutTheQuery(String state, int code) {
    assertThat(refusal(state, code, true)).isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @CsvSource({"S0051,1222", "S0123,701", "08S01,0", "40001,1205", "55P03,0", "HYT00,0", "HY000,0"})
  void refusalThatMayPassIsNot(String state, int code) {
    assertThat(refusal(state, code, true)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void norIsOneOfAConnectionThatIsLost() {
    assertThat(refusal("S0001", 102, false)).isInstanceOf(UnavailableException.class);
  }

  private static LakeException refusal(String state, int code, boolean valid) {
    Source.Jdbc source = new Source.Jdbc("erp", "jdbc:sqlserver://erp", "lake", "", 1);
    return new JdbcConnection(source, connection(valid))
        .refusal("items", new SQLException("no", state, code));
  }

  private static Connection connection(boolean valid) {
    return (Connection)
        Proxy.newProxyInstance(
            JdbcConnectionTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> method.getName().equals("isValid") ? valid : null);
  }
}
