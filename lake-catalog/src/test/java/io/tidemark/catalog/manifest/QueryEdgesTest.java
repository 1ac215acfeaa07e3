package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEdgesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 WHERE t >= :lo AND t < :hi",
        "SELECT 1 WHERE x <> \"\" AND t >= :lo AND t < :hi AND k = \"x\"",
        "SELECT 1 WHERE x <> '' AND t >= :lo AND t < :hi AND k = 'x'",
        "SELECT 1 WHERE x <> E'it\\'s' AND t >= :lo AND t < :hi AND k = 'x'",
        "SELECT $$it's$$ WHERE t >= :lo AND t < :hi AND k = 'x'"
      })
  void edgesAreFoundBesideWhateverIsQuoted(String query) {
    assertThat(QueryEdges.in(query)).containsExactlyInAnyOrder("lo", "hi");
  }

  @Test
  void whatIsQuotedIsNone() {
    assertThat(QueryEdges.in("SELECT $$ :lo $$, ':hi', a::lo -- :hi")).isEmpty();
  }
}
