package io.tidemark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.fixtures.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamFailureTest {

  private static final int EVENTS = 3_000;
  private static final int CAMPAIGNS = 10;
  private static final Map<Long, Boolean> FAILED = new ConcurrentHashMap<>();
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @TempDir static Path flinkDir;
  @TempDir Path dir;

  private static EmbeddedFlink flink;

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
  void everyContributionCountsOnceThoughTasksFail(OpenLayout layout) throws Exception {
    FAILED.clear();
    FAILURES.set(0);
    try (Lake lake = Lake.create(dir, layout)) {
      StreamExecutionEnvironment environment = flink.environment(restarting());

      StreamWrite.forContributions(failingNowAndThen(environment))
          .table(lake.loader())
          .streamId(Lake.STREAM)
          .append();
      environment.execute();

      assertThat(FAILURES).hasValue(3);
      assertThat(lake.clicks()).hasSize(CAMPAIGNS);
      assertThat(lake.clicks().values()).containsOnly((long) EVENTS / CAMPAIGNS);
      assertThat(lake.table().table().snapshots()).hasSizeGreaterThan(2);
    }
  }

  private static DataStream<RowData> failingNowAndThen(StreamExecutionEnvironment environment) {
    return environment
        .fromSource(
            new NumberSequenceSource(0, EVENTS - 1), WatermarkStrategy.noWatermarks(), "numbers")
        .map(StreamFailureTest::click, Clicks.TYPE_INFO);
  }

  /** Paces the source so that checkpoints fall in between, and fails three times. */
  private static RowData click(long number) throws InterruptedException {
    Thread.sleep(1);
    boolean due = number % (EVENTS / 3) == EVENTS / 6;
    if (due && FAILED.putIfAbsent(number, true) == null) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("Failing at event " + number);
    }
    return Clicks.of("2026-11-20T00:00:00Z", number % CAMPAIGNS, 1);
  }

  private static Configuration restarting() {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(150));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return configuration;
  }
}
