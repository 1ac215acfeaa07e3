package io.tidemark.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.fixtures.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class StreamWriteTest {

  private static final RowData MORNING = Clicks.of("2026-11-20T00:00:00Z", 7L, 2);
  private static final RowData SAME_HOUR = Clicks.of("2026-11-20T00:00:00Z", 7L, 3);
  private static final RowData LAST_HOUR = Clicks.of("2026-11-20T14:00:00Z", 8L, 5);
  private static final RowData NEXT_DAY = Clicks.of("2026-11-20T15:00:00Z", 7L, 11);

  @TempDir static Path flinkDir;
  @TempDir Path dir;

  private static EmbeddedFlink flink;

  private StreamExecutionEnvironment environment;
  private DataStream<RowData> contributions;

  @BeforeAll
  static void start() {
    flink = EmbeddedFlink.start(flinkDir, 2);
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void everyContributionCountsOnceInItsDay(OpenLayout layout) throws Exception {
    try (Lake lake = Lake.create(dir, layout)) {
      run(lake, MORNING, SAME_HOUR, LAST_HOUR, NEXT_DAY);

      assertThat(lake.clicks())
          .containsExactly(
              entry("2026-11-20/7", 5L), entry("2026-11-20/8", 5L), entry("2026-11-21/7", 11L));
    }
  }

  @Test
  void cellsHoldOneRowPerPeriodAndKey() throws Exception {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      run(lake, MORNING, SAME_HOUR);

      assertThat(lake.rows()).hasSize(1);
      assertThat(lake.rows().get(0).getField("is_final")).isEqualTo(false);
    }
  }

  @Test
  void bucketsAreCellsOfTheirOwn() throws Exception {
    var contract = Lake.contract().cells(4, "campaign_id").build();
    try (Lake lake = Lake.create(dir, contract)) {
      run(lake, MORNING, LAST_HOUR, NEXT_DAY, SAME_HOUR);

      assertThat(lake.total()).isEqualTo(21);
      assertThat(lake.rows()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void rowOfAClosedDayGoesToTheQuarantine(OpenLayout layout) throws Exception {
    try (Lake lake = Lake.create(dir, layout)) {
      lake.sealEmpty("2026-11-20");

      run(lake, MORNING, NEXT_DAY);

      assertThat(lake.clicks()).containsExactly(entry("2026-11-21/7", 11L));
      assertThat(lake.late()).hasSize(1);
      Record late = lake.late().get(0);
      assertThat(late.getField("clicks")).isEqualTo(2L);
      assertThat(late.getField("reason")).isEqualTo("late");
      assertThat(lake.counted("tidemark.late-rows"))
          .containsExactly(entry((String) late.getField("commit_id"), 1L));
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void lateRowIsDroppedAndCountedWhereTheContractSaysSo(OpenLayout layout) throws Exception {
    var contract = Lake.contract().layout(layout).late(LatePolicy.DROP).build();
    try (Lake lake = Lake.create(dir, contract)) {
      lake.sealEmpty("2026-11-20");

      run(lake, MORNING, NEXT_DAY);

      assertThat(lake.late()).isEmpty();
      assertThat(lake.counted("tidemark.dropped-rows").values()).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void lateRowThatTheSealHasSeenIsCountedAndNoMore(OpenLayout layout) throws Exception {
    var contract = Lake.contract().layout(layout).coveredBy("hour").build();
    try (Lake lake = Lake.create(dir, contract)) {
      lake.sealEmpty("2026-11-20", "2026-11-20T14:00:00Z");

      run(lake, MORNING, SAME_HOUR, LAST_HOUR, NEXT_DAY);

      assertThat(lake.clicks()).containsExactly(entry("2026-11-21/7", 11L));
      assertThat(lake.late()).extracting(row -> row.getField("clicks")).containsExactly(5L);
      assertThat(sum(lake.counted("tidemark.covered-rows"))).isEqualTo(2);
      assertThat(sum(lake.counted("tidemark.late-rows"))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void rowsOutOfReachAreQuarantinedWithTheirReason(OpenLayout layout) throws Exception {
    var contract = Lake.contract().layout(layout).allowedSkew(Duration.ofDays(1)).build();
    try (Lake lake = Lake.create(dir, contract)) {
      run(lake, Clicks.of("2026-11-19T14:59:59Z", 7L, 1), Clicks.of("2999-01-01T00:00:00Z", 7L, 1));

      assertThat(lake.rows()).isEmpty();
      assertThat(lake.late())
          .extracting(row -> row.getField("reason"))
          .containsExactlyInAnyOrder("before-origin", "future");
    }
  }

  @Test
  void rowWithoutAPeriodOrKeyIsADeadLetter() throws Exception {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      run(lake, Clicks.of(null, 7L, 1), Clicks.of("2026-11-20T00:00:00Z", null, 1));

      assertThat(lake.rows()).isEmpty();
      assertThat(lake.deadLetters())
          .extracting(row -> row.getField("reason"))
          .containsExactlyInAnyOrder("hour is null", "campaign_id is null");
    }
  }

  @Test
  void streamThatPublishedBeforeIsRefusedWithoutItsState() throws Exception {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      run(lake, MORNING);

      assertThatThrownBy(() -> run(lake, NEXT_DAY))
          .hasStackTraceContaining("Cannot start stream clicks-hourly");
      assertThat(lake.total()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void takenOverStreamGoesOnFromTheTable(OpenLayout layout) throws Exception {
    try (Lake lake = Lake.create(dir, layout)) {
      run(lake, MORNING, LAST_HOUR);
      StreamToken token = lake.table().takeOver(Lake.STREAM, UUID.randomUUID().toString());

      job(lake, SAME_HOUR, NEXT_DAY).takenOver(token).append();
      environment.execute();

      assertThat(lake.clicks())
          .containsExactly(
              entry("2026-11-20/7", 5L), entry("2026-11-20/8", 5L), entry("2026-11-21/7", 11L));
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void rowOfAFrozenDayGoesToTheQuarantineBeforeTheRunHasAWatermark(OpenLayout layout)
      throws Exception {
    var contract = Lake.contract().layout(layout).openHorizon(Duration.ofDays(2)).build();
    try (Lake lake = Lake.create(dir, contract)) {
      lake.table().publish(publishUpTo(Instant.parse("2026-11-25T00:00:00Z")));
      StreamToken token = lake.table().takeOver(Lake.STREAM, UUID.randomUUID().toString());

      job(lake, SAME_HOUR).takenOver(token).append();
      environment.execute();

      assertThat(lake.rows()).isEmpty();
      assertThat(lake.late()).extracting(row -> row.getField("reason")).containsExactly("frozen");
    }
  }

  @Test
  void contributionThatOverflowsASumGoesToTheQuarantine() throws Exception {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      RowData most = Clicks.of("2026-11-20T00:00:00Z", 7L, 9_999_999_999_999_999L);

      run(lake, most, SAME_HOUR, NEXT_DAY);

      assertThat(lake.clicks())
          .containsExactly(
              entry("2026-11-20/7", 9_999_999_999_999_999L), entry("2026-11-21/7", 11L));
      assertThat(lake.late()).hasSize(1);
      assertThat(lake.late().get(0).getField("reason")).isEqualTo("overflow");
      assertThat(lake.late().get(0).getField("clicks")).isEqualTo(3L);
    }
  }

  @Test
  void publishSaysHowFarTheStreamHasCome() throws Exception {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      StreamWrite write = job(lake, MORNING, NEXT_DAY);
      write.positions(contributions.map(row -> new SourcePosition("ads-0", row.getLong(2))));
      write.append();
      environment.execute();

      assertThat(token(lake).positions()).containsExactly(entry("ads-0", "11"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = RuntimeExecutionMode.class, names = "STREAMING", mode = Mode.EXCLUDE)
  void modeThatIsNotStreamingIsRefused(RuntimeExecutionMode mode) {
    try (Lake lake = Lake.create(dir, OpenLayout.CELLS)) {
      StreamWrite write = job(lake, MORNING);
      environment.setRuntimeMode(mode);

      assertThatThrownBy(write::append)
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining(mode.name());
    }
  }

  @Test
  void typeThatIsNotTheContractsIsRefused() {
    var contract = Lake.contract().measure("bids", Types.LongType.get(), new Merge.Sum()).build();
    try (Lake lake = Lake.create(dir, contract)) {
      assertThatThrownBy(() -> job(lake, MORNING).append())
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("bids");
    }
  }

  private void run(Lake lake, RowData... rows) throws Exception {
    job(lake, rows).append();
    environment.execute();
  }

  private StreamWrite job(Lake lake, RowData... rows) {
    environment = flink.environment(Duration.ofMillis(200));
    contributions =
        environment
            .fromData(List.of(rows), Clicks.TYPE_INFO)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RowData>forMonotonousTimestamps()
                    .withTimestampAssigner(
                        (row, before) ->
                            row.isNullAt(0) ? before : row.getTimestamp(0, 6).getMillisecond()));
    return StreamWrite.forContributions(contributions)
        .table(lake.loader())
        .streamId(Lake.STREAM)
        .uidSuffix("ads");
  }

  private static Publish publishUpTo(Instant watermark) {
    return new Publish(
        Lake.STREAM,
        "before",
        Set.of(),
        List.of(),
        false,
        null,
        SideRows.NONE,
        SideRows.NONE,
        watermark,
        Map.of());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static StreamToken token(Lake lake) {
    return lake.table().state().token(Lake.STREAM).orElseThrow();
  }
}
