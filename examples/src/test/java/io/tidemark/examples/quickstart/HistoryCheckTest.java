package io.tidemark.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.examples.quickstart.BillingDatabase.Settled;
import io.tidemark.examples.quickstart.SparkReading.Day;
import io.tidemark.examples.quickstart.SparkReading.Snapshot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryCheckTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final SentEvents SENT =
      new SentEvents(List.of(sent(0, 0), sent(0, 1), sent(1, 0)));
  private static final PublishedPositions POSITIONS =
      new PublishedPositions(Map.of(1L, Map.of(0, 1L), 2L, Map.of(0, 2L, 1, 1L)));
  private static final Settled SETTLED = new Settled(1, clicks(4));

  @Test
  void publishedOffsetsThenTheSealAreRight() {
    assertThat(complaints(open(1, 1), open(2, 3), sealed(3, 4), sealed(4, 4))).isEmpty();
  }

  @Test
  void anEventMoreOrLessThanPublishedIsFound() {
    assertThat(complaints(open(1, 2), open(2, 3), sealed(3, 4)))
        .singleElement()
        .asString()
        .contains("snapshot 1 has");
  }

  @Test
  void aSnapshotOfNoStreamMustLeaveOpenDaysAlone() {
    assertThat(complaints(open(1, 1), open(9, 2), sealed(3, 4)))
        .singleElement()
        .asString()
        .contains("snapshot 9 has");
  }

  @Test
  void sealedFiguresThatAreNotBillingsAreFound() {
    assertThat(complaints(open(1, 1), sealed(3, 5))).singleElement().asString().contains("settled");
  }

  @Test
  void aSealedDayNeverOpensAgain() {
    assertThat(complaints(sealed(3, 4), open(4, 4))).singleElement().asString().contains("sealed");
  }

  @Test
  void aSealThatNeverCameIsFound() {
    assertThat(complaints(open(1, 1))).singleElement().asString().contains("no snapshot has");
  }

  private static List<String> complaints(Snapshot... snapshots) {
    return new HistoryCheck(Map.of(DAY, SETTLED), SENT, POSITIONS)
        .complaints(List.of(snapshots), List.of(DAY));
  }

  private static Snapshot open(long id, long clicks) {
    return snapshot(id, 0, clicks);
  }

  private static Snapshot sealed(long id, long clicks) {
    return snapshot(id, 1, clicks);
  }

  private static Snapshot snapshot(long id, long finalRows, long clicks) {
    Map<String, BigDecimal> totals =
        Map.of(
            "impressions", BigDecimal.ZERO,
            "clicks", BigDecimal.valueOf(clicks),
            "cost", BigDecimal.valueOf(clicks));
    return new Snapshot(id, id, true, Map.of(DAY, new Day(1, finalRows, totals)));
  }

  private static Figures clicks(long clicks) {
    return new Figures(0, clicks, BigDecimal.valueOf(clicks));
  }

  private static SentEvents.Sent sent(int partition, long offset) {
    AdEvent click = new AdEvent(StoryDays.startOf(DAY), true, 1, "feed", BigDecimal.ONE);
    return new SentEvents.Sent(partition, offset, click);
  }
}
