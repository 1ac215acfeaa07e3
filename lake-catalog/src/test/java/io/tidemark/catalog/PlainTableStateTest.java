package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Load.Advance;
import io.tidemark.catalog.commit.Load.Begin;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Replacement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads that go on from each other. */
class PlainTableStateTest {

  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get()));
  private static final LoadTerms TERMS =
      new LoadTerms(Mode.APPEND, "shop public.events", null, "id", List.of(), List.of());

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private PlainTable table;
  private int files;

  @BeforeEach
  void createTable() {
    catalog.initialize("test", Map.of());
    table =
        PlainTable.createOrEvolve(
            catalog,
            TableIdentifier.of("raw", "events"),
            SCHEMA,
            PartitionSpec.unpartitioned(),
            OnDrift.FAIL);
  }

  @Test
  void stateOutlivesTheSnapshotThatWroteIt() {
    first("run-1", "100");
    append("run-2", "200");
    LoadState written = table.state().orElseThrow();
    table.commit(new Load("run-3", Mode.APPEND, List.of(file()), "by hand"));
    expireAllButTheHead();

    assertThat(table.state()).hasValue(written);
    assertThat(written.position().through()).isEqualTo("200");
    assertThat(table.find("run-2"))
        .hasValue(new LoadResult(Mode.APPEND, written.anchor().snapshotId(), true, 1, 0));
  }

  @Test
  void emptyLoadMovesTheState() {
    first("run-1", "100");

    table.commit(load("run-2", Mode.APPEND, List.of(), step("200"), null));

    assertThat(table.state().orElseThrow().position().through()).isEqualTo("200");
  }

  @Test
  void anotherLoadInBetweenIsNotOverwritten() {
    first("run-1", "100");
    Advance planned = step("150");
    append("run-2", "200");

    assertThatThrownBy(
            () -> table.commit(load("run-3", Mode.APPEND, List.of(file()), planned, null)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another load has landed since this one was planned");
    assertThat(table.state().orElseThrow().position().through()).isEqualTo("200");
  }

  @Test
  void fullLoadDoesNotReplaceRowsThatWereReadAfterItsOwn() {
    Begin older = Begin.of(table.table());
    Begin newer = new Begin(older.at().plusMillis(1), older.snapshotId());
    table.commit(full("run-2", newer));

    assertThatThrownBy(() -> table.commit(full("run-1", older)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("run run-1 began at " + older.at())
        .hasMessageContaining("run run-2, which began at %s, has landed".formatted(newer.at()));
    assertThat(table.lastLoad().orElseThrow().runId()).isEqualTo("run-2");
  }

  @Test
  void fullLoadReplacesRowsThatWereReadBeforeItsOwn() {
    Begin older = Begin.of(table.table());
    Begin newer = new Begin(older.at().plusMillis(1), older.snapshotId());
    table.commit(full("run-1", older));

    table.commit(full("run-2", newer));

    assertThat(table.lastLoad().orElseThrow().runId()).isEqualTo("run-2");
  }

  @Test
  void clocksDoNotMatterToALoadThatBeginsAfterAnotherLanded() {
    Begin ahead = new Begin(Instant.now().plus(1, ChronoUnit.DAYS), null);
    table.commit(full("run-1", ahead));
    table.table().refresh();

    table.commit(full("run-2", Begin.of(table.table())));

    assertThat(table.lastLoad().orElseThrow().runId()).isEqualTo("run-2");
  }

  @Test
  void rolledBackHistoryIsNoticedUntilALoadBeginsAnew() {
    first("run-1", "100");
    long before = head().snapshotId();
    append("run-2", "200");
    table.table().refresh();
    table.table().manageSnapshots().rollbackTo(before).commit();

    assertThatThrownBy(table::state)
        .isInstanceOf(HistoryRewrittenException.class)
        .hasMessageContaining("Run run-2 came to id 200")
        .hasMessageContaining("Load it anew with --full.");

    first("run-3", "300");
    assertThat(table.state().orElseThrow().position().through()).isEqualTo("300");
  }

  @Test
  void fullLoadThatStandsAloneLeavesNoState() {
    first("run-1", "100");

    table.commit(new Load("run-2", Mode.FULL, List.of(file()), "shop public.events"));

    assertThat(table.state()).isEmpty();
  }

  @Test
  void upsertIsPlannedAnewOnTheBaseItIsSwappedAgainst() {
    first("run-1", "100");
    DataFile replaced = current().get(0);
    List<Long> bases = new ArrayList<>();
    Function<Table, Replacement> plan =
        base -> {
          bases.add(base.currentSnapshot().snapshotId());
          if (bases.size() == 1) {
            table.table().refresh();
            table.table().newAppend().appendFile(file()).commit();
          }
          return new Replacement(List.of(replaced), List.of(), List.of(), List.of(), 1);
        };

    LoadResult result =
        table.commit(load("run-2", Mode.UPSERT, List.of(file()), step("200"), plan));

    assertThat(bases).hasSize(2).doesNotHaveDuplicates();
    assertThat(result.replaced()).isEqualTo(1);
    assertThat(current()).hasSize(2).noneMatch(f -> f.location().equals(replaced.location()));
  }

  @Test
  void gapsAreBounded() {
    List<CursorRange> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      many.add(new CursorRange("%d".formatted(2 * i), "%d".formatted(2 * i + 1)));
    }

    assertThatThrownBy(
            () ->
                table.commit(
                    load(
                        "run-1",
                        Mode.APPEND,
                        List.of(file()),
                        new Advance(null, new LoadPosition(TERMS, many, null)),
                        null)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Load what is missing between [0, 1) and [2, 3) first");
  }

  private void first(String runId, String through) {
    LoadPosition to = new LoadPosition(TERMS, List.of(new CursorRange(null, through)), null);
    table.commit(load(runId, Mode.FULL, List.of(file()), new Advance(null, to), null));
  }

  private Load full(String runId, Begin begin) {
    return new Load(runId, Mode.FULL, List.of(file()), "shop public.events", begin, null, null);
  }

  private void append(String runId, String through) {
    table.commit(load(runId, Mode.APPEND, List.of(file()), step(through), null));
  }

  private Advance step(String through) {
    LoadPosition to = new LoadPosition(TERMS, List.of(new CursorRange(null, through)), null);
    return new Advance(table.state().orElseThrow(), to);
  }

  private static Load load(
      String runId,
      Mode mode,
      List<DataFile> files,
      Advance advance,
      @Nullable Function<Table, Replacement> plan) {
    return new Load(runId, mode, files, "shop public.events", null, advance, plan);
  }

  private DataFile file() {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("memory:/events/%d.parquet".formatted(files++))
        .withFileSizeInBytes(100)
        .withRecordCount(1)
        .build();
  }

  private Snapshot head() {
    table.table().refresh();
    return table.table().currentSnapshot();
  }

  private List<DataFile> current() {
    List<DataFile> current = new ArrayList<>();
    table.table().refresh();
    table.table().newScan().planFiles().forEach(task -> current.add(task.file()));
    return current;
  }

  private void expireAllButTheHead() {
    table.table().refresh();
    table.table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    assertThat(table.table().snapshots()).hasSize(1);
  }
}
