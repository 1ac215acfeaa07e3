package io.tidemark.batch.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.window.Window;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrainEdgesTest {

  @ParameterizedTest
  @CsvSource({
    "MINUTE, Asia/Seoul,        2026-11-20T10:07+09:00,        true",
    "MINUTE, Asia/Seoul,        2026-11-20T10:07:01+09:00,     false",
    "HOUR,   Asia/Seoul,        2026-11-20T10:00+09:00,        true",
    "HOUR,   Asia/Seoul,        2026-11-20T10:00:00.000001Z,   false",
    "HOUR,   Asia/Kolkata,      2026-11-20T10:00+05:30,        true",
    "HOUR,   Asia/Kolkata,      2026-11-20T10:00Z,             false",
    "HOUR,   America/New_York,  2026-11-01T01:00-04:00,        true",
    "HOUR,   America/New_York,  2026-11-01T01:00-05:00,        true",
    "DAY,    Asia/Seoul,        2026-11-20T00:00+09:00,        true",
    "DAY,    Asia/Seoul,        2026-11-20T00:00Z,             false",
    "DAY,    America/Sao_Paulo, 2018-11-04T01:00-02:00,        true",
    "DAY,    America/Havana,    2026-11-01T00:00-04:00,        true",
    "DAY,    America/Havana,    2026-11-01T00:00-05:00,        false",
    "MONTH,  Asia/Seoul,        2026-11-01T00:00+09:00,        true",
    "MONTH,  Asia/Seoul,        2026-11-02T00:00+09:00,        false",
    "HOUR,   UTC,               1969-12-31T23:00Z,             true",
    "HOUR,   UTC,               1969-12-31T23:59:59.999999Z,   false"
  })
  void periodBeginsWhereItsGrainDoes(Grain grain, ZoneId zone, OffsetDateTime period, boolean is) {
    long micros = Window.micros(period.toInstant());

    assertThat(new GrainEdges(grain, zone).isEdge(micros)).isEqualTo(is);
  }
}
