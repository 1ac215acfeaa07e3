package io.tidemark.scenarios;

import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table under test.
 *
 * @param period the start of its period
 * @param campaign its key
 * @param clicks its first measure
 * @param views its second measure, null where the table has none
 * @param isFinal whether the batch wrote it
 */
record Row(Instant period, long campaign, long clicks, @Nullable Long views, boolean isFinal)
    implements Comparable<Row> {

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::period)
          .thenComparing(Row::campaign)
          .thenComparing(Row::isFinal)
          .thenComparing(Row::clicks);

  /** Returns a row of a period that begins a number of hours behind the start of a window. */
  static Row row(Window window, int hour, long campaign, long clicks) {
    return row(window.lo().plus(Duration.ofHours(hour)), campaign, clicks);
  }

  /** Returns a row of a period. */
  static Row row(Instant period, long campaign, long clicks) {
    return new Row(period, campaign, clicks, null, false);
  }

  Row views(long count) {
    return new Row(period, campaign, clicks, count, isFinal);
  }

  Row sealed() {
    return new Row(period, campaign, clicks, views, true);
  }

  @Override
  public int compareTo(Row other) {
    return ORDER.compare(this, other);
  }
}
