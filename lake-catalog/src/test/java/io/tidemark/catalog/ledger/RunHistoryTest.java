package io.tidemark.catalog.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.ledger.PastRun.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs of loads did, as the table beside theirs keeps it. */
class RunHistoryTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private RunHistory history;

  @BeforeEach
  void openCatalog() {
    catalog.initialize("test", Map.of());
    history = RunHistory.of(catalog, Namespace.of("raw"));
  }

  @Test
  void whatIsRecordedIsReadAgain() {
    PastRun loaded = loaded("raw.orders", "run-1", 0);
    PastRun failed = failed("raw.gone", "run-1", 0);

    history.record(List.of(loaded, failed));

    assertThat(history.newest()).isEqualTo(Map.of("raw.orders", loaded, "raw.gone", failed));
  }

  @Test
  void withoutARunThereIsNothing() {
    assertThat(history.newest()).isEmpty();
    assertThat(catalog.tableExists(TableIdentifier.of("raw", RunHistory.NAME))).isFalse();
  }

  @Test
  void newestRunOfEachTableIsTold() {
    history.record(List.of(failed("raw.orders", "run-2", 2), loaded("raw.items", "run-2", 2)));

    history.record(List.of(loaded("raw.orders", "run-1", 1)));

    assertThat(history.newest().get("raw.orders").runId()).isEqualTo("run-2");
    assertThat(history.runs()).hasSize(3);
  }

  @Test
  void historyOfAThousandTablesIsOneCommitAndDoesNotGrowForEver() {
    int runs = RunHistory.RUNS_PER_TABLE + 3;

    for (int run = 0; run < runs; run++) {
      int hour = run;
      history.record(
          IntStream.range(0, 1_000)
              .mapToObj(t -> loaded("raw.t" + t, "run-" + hour, hour))
              .toList());
    }

    Table table = catalog.loadTable(TableIdentifier.of("raw", RunHistory.NAME));
    assertThat(table.snapshots()).hasSize(runs);
    assertThat(table.currentSnapshot().summary())
        .containsEntry("total-data-files", "1")
        .containsEntry("total-records", String.valueOf(1_000 * RunHistory.RUNS_PER_TABLE));
    assertThat(history.newest().get("raw.t7").runId()).isEqualTo("run-" + (runs - 1));
  }

  @Test
  void runsThatEndTogetherAreAllKept() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> recorded =
        IntStream.range(0, 4)
            .<Future<?>>mapToObj(
                i ->
                    threads.submit(
                        () ->
                            RunHistory.of(catalog, Namespace.of("raw"))
                                .record(List.of(loaded("raw.t" + i, "run-" + i, i)))))
            .toList();

    for (Future<?> one : recorded) {
      one.get();
    }

    threads.shutdown();
    assertThat(history.newest()).hasSize(4);
  }

  private static PastRun loaded(String table, String runId, int hour) {
    Instant begun = NOON.plusSeconds(hour * 3_600L);
    return new PastRun(
        table,
        runId,
        "shop public.orders",
        "full",
        begun,
        begun.plusSeconds(60),
        Outcome.LOADED,
        100,
        2,
        42L,
        null);
  }

  private static PastRun failed(String table, String runId, int hour) {
    Instant begun = NOON.plusSeconds(hour * 3_600L);
    return new PastRun(
        table,
        runId,
        null,
        "full",
        begun,
        begun.plusSeconds(60),
        Outcome.FAILED,
        0,
        0,
        null,
        "Cannot load raw.gone: there is no such table");
  }
}
