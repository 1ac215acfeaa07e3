package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsiTypesTest {

  @ParameterizedTest
  @CsvSource({
    "timestamptz,timestamptz",
    "TIMESTAMPLTZ,timestamptz",
    "TIMESTAMP(6) WITH TIME ZONE,timestamptz",
    "TIMESTAMP,timestamp",
    "TIMESTAMPNTZ,timestamp",
    "TIMESTAMP_NTZ,timestamp"
  })
  void nameOfATimestampTellsItsZone(String name, String type) {
    assertThat(AnsiTypes.type(Types.TIMESTAMP, name, 29, 6)).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource({"1,double", "53,double", "54,string", "126,string", "2000000000,double"})
  void binaryDigitsThatADoubleHasNotAreAText(int digits, String type) {
    assertThat(AnsiTypes.type(Types.FLOAT, "FLOAT", digits, 0)).hasToString(type);
  }
}
