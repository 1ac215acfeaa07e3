package io.tidemark.examples.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.Seal;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.maintenance.CompactClosedWindows;
import io.tidemark.maintenance.ExpireSnapshots;
import io.tidemark.maintenance.MaintenanceReport;
import io.tidemark.maintenance.MaintenanceRun;
import io.tidemark.stream.StreamWrite;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSketchesTest {

  private static final RowData STREAMED = CampaignHours.row("2026-11-20T00:00:00Z", 7, 3);
  private static final RowData NEXT_DAY = CampaignHours.row("2026-11-20T16:00:00Z", 7, 4);
  private static final RowData SETTLED = CampaignHours.row("2026-11-20T00:00:00Z", 7, 2);

  @Test
  void aStreamASealAndMaintenanceInAFewLinesEach(@TempDir Path dir) throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(dir.resolve("flink"), 2);
        CampaignHours table = CampaignHours.create(dir)) {
      TableLoader tableLoader = table.loader();
      Window day = table.day("2026-11-20");

      // When
      StreamExecutionEnvironment streaming = flink.environment(Duration.ofSeconds(1));
      stream(source(streaming, STREAMED, NEXT_DAY), tableLoader);
      streaming.execute();
      StreamExecutionEnvironment sealing = flink.environment();
      seal(source(sealing, SETTLED), tableLoader, day, "run-1");
      sealing.execute();
      MaintenanceReport report = maintain(tableLoader, flink.environment());

      // Then
      assertThat(table.clicks()).containsExactly("2026-11-20 true 2", "2026-11-21 false 4");
      assertThat(report.failed()).isEmpty();
    }
  }

  private static void stream(DataStream<RowData> perHour, TableLoader tableLoader) {
    StreamWrite.forContributions(perHour)
        .table(tableLoader)
        .streamId("campaign-hourly")
        .uidSuffix("ads")
        .append();
  }

  private static void seal(
      DataStream<RowData> settled, TableLoader tableLoader, Window day, String airflowRunId) {
    Seal.forRowData(settled)
        .table(tableLoader)
        .window(day)
        .runId(airflowRunId)
        .uidSuffix("ads")
        .append();
  }

  private static MaintenanceReport maintain(
      TableLoader tableLoader, StreamExecutionEnvironment flink) {
    return MaintenanceRun.forTable(tableLoader)
        .add(CompactClosedWindows.targetFileSize(MemorySize.ofMebiBytes(512)))
        .add(ExpireSnapshots.olderThan(Duration.ofDays(7)))
        .environment(flink)
        .run();
  }

  private static DataStream<RowData> source(StreamExecutionEnvironment flink, RowData... rows) {
    return flink
        .fromData(CampaignHours.TYPE, rows)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<RowData>forGenerator(context -> new EveryRow())
                .withTimestampAssigner((row, before) -> row.getTimestamp(0, 6).getMillisecond()));
  }

  /** A source this short would be over before a periodic watermark is due. */
  private static final class EveryRow implements WatermarkGenerator<RowData> {
    @Override
    public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestamp));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
