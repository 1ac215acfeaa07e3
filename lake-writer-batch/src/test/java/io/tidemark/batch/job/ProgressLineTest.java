package io.tidemark.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.SealProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final StringWriter out = new StringWriter();
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void aTerminalHasOneLineWithRateAndTimeLeft() {
    try (ProgressLine line = line(true)) {
      tell(line, 1, 0);
      tell(line, 2, 930_000);
    }
    assertThat(shown())
        .containsExactly(
            "",
            "reading about 4.0 M rows",
            "read 930 k of about 4.0 M rows  310 k rows/s  about 10 s left",
            "");
    assertThat(out.toString()).doesNotContain("\n");
  }

  @Test
  void elsewhereThereIsALineEveryTenSeconds() {
    try (ProgressLine line = line(false)) {
      for (int second = 1; second <= 25; second++) {
        tell(line, 1, second * 9_000L);
      }
    }
    assertThat(out.toString().lines())
        .containsExactly(
            "read 90 k of about 4.0 M rows  9000 rows/s  about 435 s left",
            "read 180 k of about 4.0 M rows  9000 rows/s  about 425 s left");
  }

  @Test
  void aReadThatIsOverKeepsItsRate() {
    try (ProgressLine line = line(true)) {
      tell(line, 10, 5_000_000);
      tell(line, 4, 5_000_000);
    }
    assertThat(shown())
        .contains(
            "read 5.0 M rows  500 k rows/s",
            "read 5.0 M rows  500 k rows/s  now sorting and writing");
  }

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(new PrintWriter(out), terminal, () -> now);
  }

  private void tell(ProgressLine line, long seconds, long rows) {
    now = now.plusSeconds(seconds);
    line.show(new SealProgress(rows, 4_000_000));
  }

  private String[] shown() {
    return out.toString().split("\r\u001b\\[K", -1);
  }
}
