package io.tidemark.batch.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeQueryTest {

  private static final Instant LO = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant HI = Instant.parse("2026-11-21T00:00:00Z");

  @Test
  void edgesComeWhereTheyAreNamed() {
    assertThat(sql("SELECT :hi::date WHERE t < :hi AND t >= :lo; \n"))
        .isEqualTo("SELECT <%2$s>::date WHERE t < <%2$s> AND t >= <%1$s>".formatted(LO, HI));
  }

  @Test
  void whatFollowsTheStatementGoes() {
    assertThat(sql("SELECT ';' ; -- settled; at :lo\n /* ; */ ;")).isEqualTo("SELECT ';'");
  }

  @Test
  void textsOfAnyLengthAreQuoted() {
    String text = "'" + "x".repeat(100_000) + "'";
    assertThat(sql("SELECT " + text)).isEqualTo("SELECT " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ':lo ?'",
        "SELECT 'it''s :lo ?'",
        "SELECT E'it\\'s :lo ?'",
        "SELECT \":lo ?\"",
        "SELECT `:lo`",
        "SELECT $$ :lo ? $$",
        "SELECT $x$ :lo $$ ? $x$",
        "SELECT 1 -- :lo ?\n, 2",
        "SELECT /* :lo\n ? */ 1",
        "SELECT 1::lo",
        "SELECT a[1:hiccup]",
        "SELECT j ? 'a'",
      })
  void whatOnlyLooksLikeAnEdgeStays(String query) {
    assertThat(sql(query)).isEqualTo(query);
  }

  private static String sql(String query) {
    return new EdgeQuery(query, LO, HI, true).sql(moment -> "<" + moment + ">");
  }
}
