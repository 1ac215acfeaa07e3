package io.tidemark.stream.job;

import io.tidemark.catalog.contract.TableContract;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/**
 * Watermarks of a partition: behind the greatest event time by as much as events may be out of
 * order. An event from further in the future than the contract allows moves no watermark, or one
 * broken clock would close the books for everybody. No watermark is ahead of the wall clock.
 */
final class EventTime implements WatermarkGenerator<RowData> {

  private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(1);
  private static final long STEP_MILLIS = 1_000;

  private final long outOfOrder;
  private final long allowedSkew;
  private long greatest = Long.MIN_VALUE;
  private long emitted = Long.MIN_VALUE;

  EventTime(Duration outOfOrder, Duration allowedSkew) {
    this.outOfOrder = outOfOrder.toMillis();
    this.allowedSkew = allowedSkew.toMillis();
  }

  /**
   * Returns the strategy of a stream. A partition that is silent for as long as events may be out
   * of order is idle: the others go on without it.
   */
  static WatermarkStrategy<RowData> strategy(
      Duration outOfOrder, EventType type, TableContract contract) {
    Duration allowedSkew = contract.allowedSkew();
    Duration idleness =
        outOfOrder.compareTo(SHORTEST_IDLENESS) < 0 ? SHORTEST_IDLENESS : outOfOrder;
    int position = type.eventTime();
    return WatermarkStrategy.<RowData>forGenerator(
            context -> new EventTime(outOfOrder, allowedSkew))
        .withTimestampAssigner(
            (event, recorded) ->
                event.isNullAt(position)
                    ? Long.MIN_VALUE
                    : event.getTimestamp(position, 6).getMillisecond())
        .withIdleness(idleness);
  }

  @Override
  public void onEvent(RowData event, long timestamp, WatermarkOutput output) {
    long now = System.currentTimeMillis();
    if (timestamp > greatest && timestamp <= now + allowedSkew) {
      greatest = timestamp;
      if (emitted == Long.MIN_VALUE || Math.min(greatest, now) - emitted >= STEP_MILLIS) {
        onPeriodicEmit(output);
      }
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (greatest != Long.MIN_VALUE) {
      emitted = Math.min(greatest, System.currentTimeMillis());
      output.emitWatermark(new Watermark(emitted - outOfOrder - 1));
    }
  }
}
