package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

  @Test
  void edgesBecomeTypedParametersInTheirOrder() {
    QueryText text =
        QueryText.parse("SELECT :hi::date WHERE t < :hi AND t >= :lo; \n", "timestamp");

    assertThat(text.sql())
        .isEqualTo(
            "SELECT CAST(? AS timestamp)::date WHERE t < CAST(? AS timestamp) AND t >= CAST(? AS timestamp)");
    assertThat(text.parameters()).containsExactly("hi", "hi", "lo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ':lo ?'",
        "SELECT 'it''s :lo ?'",
        "SELECT E'it\\'s :lo ?'",
        "SELECT \":lo ?\"",
        "SELECT $$ :lo ? $$",
        "SELECT $x$ :lo $$ ? $x$",
        "SELECT 1 -- :lo ?",
        "SELECT /* :lo\n ? */ 1",
        "SELECT 1::lo",
        "SELECT a[1:hiccup]",
      })
  void whatOnlyLooksLikeAParameterStays(String query) {
    assertThat(QueryText.parse(query, "timestamptz").sql()).isEqualTo(query);
  }

  @Test
  void questionMarksAreOperators() {
    assertThat(QueryText.parse("SELECT j ? 'a'", "timestamptz").sql()).isEqualTo("SELECT j ?? 'a'");
  }
}
