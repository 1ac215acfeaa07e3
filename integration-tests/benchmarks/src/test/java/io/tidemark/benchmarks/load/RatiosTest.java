package io.tidemark.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.benchmarks.measure.Spread;
import io.tidemark.benchmarks.source.SourceTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RatiosTest {
  private static final Layout LAYOUT = new Layout(SourceTable.ORDER_EVENTS, true);

  @Test
  void compareWithinEachRunAndLeaveOutWhatIsNotValid() {
    // Given
    List<LoadResult> loads =
        List.of(
            load(1, "tidemark", 10, 8, null),
            load(1, "spark", 30, 40, null),
            load(1, "flink_sql", 20, 16, null),
            load(2, "tidemark", 5, 10, null),
            load(2, "spark", 10, 20, null),
            load(2, "flink_sql", 1, 1, "exit code 1"),
            load(3, "tidemark", 10, 10, null),
            load(3, "spark", 25, 20, null));
    List<LimitResult> limits = List.of(limit(1, 9), limit(2, 4), limit(3, 5));

    // When
    Ratios ratios = new Ratios(LAYOUT, loads, limits);

    // Then
    assertThat(ratios.spreads())
        .containsEntry("vs_spark", new Spread(2.5, 2, 3))
        .containsEntry("cpu_vs_spark", new Spread(0.5, 0.2, 0.5))
        .containsEntry("vs_flink_sql", new Spread(2, 2, 2))
        .containsEntry("of_limit", new Spread(0.8, 0.5, 0.9));
    assertThat(ratios.json())
        .containsEntry("table", "order_events")
        .containsEntry("partitioned", true)
        .containsEntry("vs_spark", 2.5);
  }

  private static LoadResult load(
      int run, String subject, double wall, double cpu, @Nullable String problem) {
    return new LoadResult(
        run, subject, "order_events", true, wall, cpu, 0, 0, 0, 0, problem == null, problem);
  }

  private static LimitResult limit(int run, double seconds) {
    return new LimitResult(run, "order_events", seconds, 2 * seconds, List.of());
  }
}
