package io.tidemark.batch.internal.upsert;

import static io.tidemark.batch.internal.upsert.UpsertTable.SCHEMA;
import static io.tidemark.batch.internal.upsert.UpsertTable.compact;
import static io.tidemark.batch.internal.upsert.UpsertTable.deleteFilesPerDataFile;
import static io.tidemark.batch.internal.upsert.UpsertTable.equalityDeletes;
import static io.tidemark.batch.internal.upsert.UpsertTable.read;
import static io.tidemark.batch.internal.upsert.UpsertTable.row;
import static io.tidemark.batch.internal.upsert.UpsertTable.rows;
import static io.tidemark.batch.internal.upsert.UpsertTable.texts;
import static io.tidemark.batch.internal.upsert.UpsertTable.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Load.Advance;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random upserts against a map, in tables of either format, beside a stranger. */
class UpsertPlanTest {

  private enum Stranger {
    SLEEPS,
    COMPACTS,
    ADDS
  }

  private static final long PLENTY = 1L << 20;

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private int runs;

  @ParameterizedTest
  @CsvSource({
    "2, id, '', 1048576",
    "2, id, day, 1048576",
    "2, id region, id, 2048",
    "3, id, day, 2048",
    "3, region id, '', 1048576"
  })
  void tableIsWhatTheUpsertsComeTo(int version, String key, String partition, long memory) {
    PlainTable table = create(version, partition);
    List<String> columns = List.of(key.split(" "));
    Map<List<Object>, Record> expected = new HashMap<>();
    Random random = new Random(version * 31L + key.hashCode());
    for (int run = 0; run < 6; run++) {
      Map<List<Object>, Record> rows = randomRows(random, columns, run == 0 ? 400 : 60);
      long replaced = rows.keySet().stream().filter(expected::containsKey).count();

      Stranger stranger = Stranger.values()[random.nextInt(Stranger.values().length)];
      LoadResult result = upsert(table, columns, List.copyOf(rows.values()), memory, stranger);

      expected.putAll(rows);
      if (stranger == Stranger.ADDS) {
        Record added = strangersRow();
        expected.put(columns.stream().map(added::getField).toList(), added);
      }
      assertThat(result.replaced()).isEqualTo(replaced);
      assertThat(read(table.table())).containsExactlyInAnyOrderElementsOf(texts(expected.values()));
      assertThat(deleteFilesPerDataFile(table.table())).allMatch(files -> files <= 1);
      assertThat(equalityDeletes(table.table())).isEqualTo("0");
    }
  }

  @Test
  void fileOfWhichLittleStaysIsWrittenAnewWithoutDeletes() {
    PlainTable table = create(2, "");
    upsert(table, List.of("id"), rows(0, 100), PLENTY, Stranger.SLEEPS);
    upsert(table, List.of("id"), rows(0, 60), PLENTY, Stranger.SLEEPS);

    assertThat(deleteFilesPerDataFile(table.table())).containsExactly(0, 0);
    assertThat(read(table.table())).hasSize(100);
  }

  @Test
  void ofTwoUpsertsThatGoOnFromOneStateOneLands() {
    PlainTable table = create(2, "");
    LoadTerms terms =
        new LoadTerms(Load.Mode.UPSERT, "shop public.t", null, "at", List.of("id"), List.of());
    LoadPosition first = new LoadPosition(terms, List.of(new CursorRange(null, "1")), null);
    LoadPosition second = new LoadPosition(terms, List.of(new CursorRange(null, "2")), null);
    commit(table, "run-0", rows(0, 100), new Advance(null, first));
    LoadState state = table.state().orElseThrow();
    commit(table, "run-1", rows(0, 10), new Advance(state, second));

    assertThatThrownBy(() -> commit(table, "run-2", rows(5, 10), new Advance(state, second)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another load has landed since this one was planned");
    assertThat(read(table.table())).hasSize(100);
  }

  @Test
  void rowsAreFoundInAPartitioningThatCameMeanwhile() {
    PlainTable table = create(2, "");
    upsert(table, List.of("id"), rows(0, 100), PLENTY, Stranger.SLEEPS);
    List<DataFile> files = write(table.table(), rows(0, 10));
    table.table().updateSpec().addField(Expressions.bucket("id", 4)).commit();
    compact(table.table());
    UpsertPlan plan =
        new UpsertPlan(List.of("id"), files, PLENTY, () -> "load-" + UUID.randomUUID());

    LoadResult result =
        table.commit(new Load("late", Load.Mode.UPSERT, files, "shop public.t", null, null, plan));

    assertThat(result.replaced()).isEqualTo(10);
    table.table().refresh();
    assertThat(read(table.table())).hasSize(100);
  }

  private void commit(PlainTable table, String run, List<Record> rows, Advance advance) {
    table.table().refresh();
    List<DataFile> files = write(table.table(), rows);
    UpsertPlan plan =
        new UpsertPlan(List.of("id"), files, PLENTY, () -> "load-" + UUID.randomUUID());
    table.commit(new Load(run, Load.Mode.UPSERT, files, "shop public.t", null, advance, plan));
  }

  @Test
  void planThatIsOfNoUseLeavesNoFile() {
    PlainTable table = create(2, "");
    upsert(table, List.of("id"), rows(0, 100), PLENTY, Stranger.SLEEPS);
    List<DataFile> files = write(table.table(), rows(0, 30));
    UpsertPlan plan = new UpsertPlan(List.of("id"), files, PLENTY, () -> "load-1");

    String written = plan.apply(table.table()).deletes().get(0).location();
    plan.discard();

    assertThatThrownBy(() -> table.table().io().newInputFile(written))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void planThatFailsHalfwayLeavesNoFile() {
    // Given two files of which little stays, and the second one is gone when that is read
    PlainTable table = create(2, "day");
    upsert(table, List.of("id"), rows(0, 10), PLENTY, Stranger.SLEEPS);
    List<Record> others = rows(10, 10);
    others.forEach(row -> row.setField("day", 2));
    upsert(table, List.of("id"), others, PLENTY, Stranger.SLEEPS);
    List<Record> changed = rows(0, 20);
    changed.removeIf(row -> (long) row.get(0) % 10 == 9);
    UpsertPlan plan =
        new UpsertPlan(List.of("id"), write(table.table(), changed), PLENTY, () -> "load-1");
    plan.search(table.table());
    List<String> files = new ArrayList<>();
    table.table().newScan().planFiles().forEach(task -> files.add(task.file().location()));
    table.table().io().deleteFile(files.get(1));

    // When
    assertThatThrownBy(() -> plan.apply(table.table())).isInstanceOf(NotFoundException.class);

    // Then
    String data = table.table().location() + "/data/";
    InMemoryFileIO io = (InMemoryFileIO) table.table().io();
    assertThat(Stream.of("day=1/", "day=2/"))
        .noneMatch(folder -> io.fileExists(data + folder + "00000-0-load-1-00001-rows.parquet"));
  }

  @Test
  void keyThatIsDroppedMeanwhileLeavesNoFile() {
    PlainTable table = create(2, "");
    upsert(table, List.of("id"), rows(0, 100), PLENTY, Stranger.SLEEPS);
    UpsertPlan plan =
        new UpsertPlan(List.of("id"), write(table.table(), rows(0, 3)), PLENTY, () -> "load-1");
    String written = plan.apply(table.table()).deletes().get(0).location();
    table.table().updateSchema().setIdentifierFields(Set.of()).deleteColumn("id").commit();
    table.table().refresh();

    assertThatThrownBy(() -> plan.apply(table.table())).isInstanceOf(InvalidRequestException.class);

    assertThatThrownBy(() -> table.table().io().newInputFile(written))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void keyThatComesTwiceOrIsMissingIsRefused() {
    PlainTable table = create(2, "");
    List<Record> twice = new ArrayList<>(rows(0, 10));
    twice.addAll(rows(7, 1));
    Record without = rows(11, 1).get(0);
    without.setField("day", null);

    assertThatThrownBy(() -> upsert(table, List.of("id"), twice, PLENTY, Stranger.SLEEPS))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("two rows that were read have one key: id=7.");
    assertThatThrownBy(
            () -> upsert(table, List.of("id", "day"), List.of(without), PLENTY, Stranger.SLEEPS))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a row that was read has no key: id=11, day=null.");
  }

  private PlainTable create(int version, String partition) {
    catalog.initialize("test", Map.of());
    TableIdentifier name = TableIdentifier.of("raw", "t");
    PartitionSpec.Builder spec = PartitionSpec.builderFor(SCHEMA);
    if (partition.equals("id")) {
      spec.bucket("id", 3);
    } else if (!partition.isEmpty()) {
      spec.identity(partition);
    }
    catalog.createNamespace(name.namespace());
    catalog
        .buildTable(name, SCHEMA)
        .withPartitionSpec(spec.build())
        .withProperty(TableProperties.FORMAT_VERSION, String.valueOf(version))
        .create();
    return PlainTable.createOrEvolve(catalog, name, SCHEMA, spec.build(), OnDrift.FAIL);
  }

  /** A stranger does something once, between plan and commit. */
  private LoadResult upsert(
      PlainTable table, List<String> key, List<Record> rows, long memory, Stranger stranger) {
    table.table().refresh();
    List<DataFile> files = write(table.table(), rows);
    UpsertPlan plan = new UpsertPlan(key, files, memory, () -> "load-" + UUID.randomUUID());
    boolean[] pending = {true};
    LoadResult result =
        table.commit(
            new Load(
                "run-" + runs++,
                Load.Mode.UPSERT,
                files,
                "shop public.t",
                null,
                null,
                base -> {
                  var replacement = plan.apply(base);
                  if (pending[0]) {
                    pending[0] = false;
                    disturb(table.table(), stranger);
                  }
                  return replacement;
                }));
    table.table().refresh();
    return result;
  }

  private void disturb(Table table, Stranger stranger) {
    table.refresh();
    if (stranger == Stranger.COMPACTS) {
      compact(table);
    } else if (stranger == Stranger.ADDS) {
      AppendFiles append = table.newAppend();
      write(table, List.of(strangersRow())).forEach(append::appendFile);
      append.commit();
    }
  }

  private Record strangersRow() {
    return row(1_000 + runs, "stranger", 1, runs);
  }

  private static Map<List<Object>, Record> randomRows(Random random, List<String> key, int most) {
    Map<List<Object>, Record> rows = new HashMap<>();
    for (int i = 0; i < most; i++) {
      Record row =
          row(random.nextInt(200), "r" + random.nextInt(3), random.nextInt(4), random.nextInt());
      rows.put(key.stream().map(row::getField).toList(), row);
    }
    return rows;
  }
}
