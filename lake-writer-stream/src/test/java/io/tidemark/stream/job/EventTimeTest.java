package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;

class EventTimeTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final EventTime time = new EventTime(Duration.ZERO, HOUR.multipliedBy(24));
  private final Marks marks = new Marks();

  @Test
  void watermarkIsRightBehindTheGreatestEvent() {
    long past = System.currentTimeMillis() - HOUR.toMillis();

    time.onEvent(new GenericRowData(0), past, marks);

    assertThat(marks.emitted).containsExactly(past - 1);
  }

  @Test
  void eventFromTheFutureMovesTheWatermarkNoFurtherThanTheWallClock() {
    long future = System.currentTimeMillis() + HOUR.toMillis();

    time.onEvent(new GenericRowData(0), future, marks);

    assertThat(marks.emitted).hasSize(1);
    assertThat(marks.emitted.get(0)).isLessThan(System.currentTimeMillis());
  }

  private static final class Marks implements WatermarkOutput {
    private final List<Long> emitted = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      emitted.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
