package io.tidemark.catalog.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowFormatTest {

  @ParameterizedTest
  @CsvSource({
    "DAY, Asia/Seoul, 2026-11-20, 2026-11-22",
    "DAY, Asia/Kolkata, 2026-11-20, 2026-11-22",
    "MONTH, Europe/Berlin, 2026-11, 2027-01",
    "HOUR, UTC, 2026-11-20T10:00Z, 2026-11-20T12:00Z",
    "HOUR, Asia/Seoul, 2026-11-20T10:00+09:00, 2026-11-20T12:00+09:00",
  })
  void aRangeIsShownAsItIsRead(WindowUnit unit, String zone, String lo, String hi) {
    // Given
    WindowSpec spec = WindowSpec.of(unit, ZoneId.of(zone), LocalDate.of(2024, 1, 1));

    // When
    String text = spec.format(spec.parse(lo, hi));

    // Then
    assertThat(text).isEqualTo("[" + lo + ", " + hi + ")");
  }
}
