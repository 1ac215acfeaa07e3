package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INT NOT NULL   | BIGINT         | false
          BIGINT         | BIGINT         | false
          BIGINT         | INT            | true
          DECIMAL(18, 2) | DECIMAL(18, 2) | false
          DECIMAL(10, 2) | DECIMAL(18, 4) | false
          DECIMAL(18, 3) | DECIMAL(18, 2) | true
          DECIMAL(19, 2) | DECIMAL(18, 2) | true
          INT            | DECIMAL(18, 2) | false
          BIGINT         | DECIMAL(18, 2) | true
          DECIMAL(18, 0) | BIGINT         | false
          DECIMAL(19, 0) | BIGINT         | true
          DECIMAL(2, 1)  | BIGINT         | true
          STRING         | BIGINT         | false
          """)
  void digitsThatDoNotFitAreLost(String from, String to, boolean loses) {
    assertThat(Narrowing.loses(type(from), type(to))).isEqualTo(loses);
  }

  private static LogicalType type(String text) {
    return LogicalTypeParser.parse(text, NarrowingTest.class.getClassLoader());
  }
}
