package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The greatest numbers of types that are narrower than the Iceberg types they become. */
class JdbcColumnTest {

  @ParameterizedTest
  @CsvSource({
    "tinyint, 127",
    "TINYINT(4), 127",
    "tinyint unsigned, 255",
    "smallint(6), 32767",
    "mediumint, 8388607",
    "int(10) unsigned zerofill, 4294967295",
    "int,",
    "bigint unsigned,"
  })
  void greatestNumberIsThatOfTheDatabase(String type, Long greatest) {
    JdbcColumn column = new JdbcColumn("id", "`id`", Types.LongType.get(), type, true);

    assertThat(column.greatest())
        .isEqualTo(greatest == null ? OptionalLong.empty() : OptionalLong.of(greatest));
  }
}
