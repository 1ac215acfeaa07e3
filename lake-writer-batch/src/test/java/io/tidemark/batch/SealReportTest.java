package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a seal says of itself. */
class SealReportTest {

  private static final WindowSpec DAYS =
      WindowSpec.of(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2024, 1, 1));

  @Test
  void figuresAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(report())
          .hasToString(
              "ads.clicks [2026-11-20, 2026-11-21) sealed by run run-1: 1,234 rows for 5,678, snapshot 7, sealed through 2026-11-21T00:00+09:00, 1.5 s");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static SealReport report() {
    Window day = DAYS.parse("2026-11-20");
    return new SealReport(
        "ads.clicks",
        "run-1",
        DAYS,
        List.of(day),
        false,
        5_678,
        1_234,
        7,
        day.hi(),
        List.of(),
        Duration.ofMillis(1_500));
  }
}
