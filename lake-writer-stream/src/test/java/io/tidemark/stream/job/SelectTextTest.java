package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      textBlock =
          """
          SELECT a, b                       | SELECT a, b FROM `events`
          SELECT a;                         | SELECT a FROM `events`
          SELECT a WHERE b > 1              | SELECT a FROM `events` WHERE b > 1
          select a where b = 'where'        | select a FROM `events` where b = 'where'
          SELECT 'where' AS a               | SELECT 'where' AS a FROM `events`
          SELECT `where` WHERE x            | SELECT `where` FROM `events` WHERE x
          SELECT nowhere, f(a) WHERE x      | SELECT nowhere, f(a) FROM `events` WHERE x
          SELECT 'it''s' WHERE x            | SELECT 'it''s' FROM `events` WHERE x
          """)
  void eventsAreReadBeforeTheCondition(String select, String expected) {
    assertThat(SelectText.from(select, "events")).isEqualTo(expected);
  }
}
