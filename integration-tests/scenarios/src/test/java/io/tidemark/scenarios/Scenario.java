package io.tidemark.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import io.tidemark.fixtures.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * A table of its own for every test, on each lake. After each test the rows of every retained
 * snapshot are read and compared with what the commits promised.
 */
@OnEveryLake
abstract class Scenario {

  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static final CommitTiming FAST =
      new CommitTiming(Duration.ofSeconds(30), InstantSource.system(), pause -> {});

  @Parameter Lake lake;

  TableIdentifier id;
  UnifiedTable table;
  History history;
  StreamRun stream;
  Window first;
  Window second;
  Window third;

  @BeforeEach
  void createTable() {
    create(contract());
  }

  /** Replaces the table of this test by a new one. */
  void create(ContractBuilder contract) {
    String namespace = "t" + UUID.randomUUID().toString().substring(0, 8);
    TableIdentifier fresh = TableIdentifier.of(namespace, "clicks_hourly");
    UnifiedTable.createOrVerify(lake.catalog(), fresh, contract.build());
    id = fresh;
    history = new History();
    table = load();
    stream = new StreamRun(table, history, Set.of());
    first = table.contract().window().containing(table.contract().window().origin());
    second = table.contract().window().next(first);
    third = table.contract().window().next(second);
  }

  /** Returns days in Seoul, clicks per campaign and hour. */
  static ContractBuilder contract() {
    return contract(WindowUnit.DAY, SEOUL, LocalDate.of(2026, 11, 20));
  }

  static ContractBuilder contract(WindowUnit unit, ZoneId zone, LocalDate origin) {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(unit, zone, origin)
        .key("campaign_id", Types.LongType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum());
  }

  /** Returns another handle on the table, as another process has it. */
  UnifiedTable load() {
    return UnifiedTable.load(lake.catalog(), id).timing(FAST);
  }

  @AfterEach
  void everySnapshotHoldsWhatItsCommitsPromised() {
    assertThat(lake.isSpent()).as("every fault has struck").isTrue();
    history.check(load());
  }

  @AfterEach
  void heal() {
    lake.heal();
  }

  /** Returns the hands of another process on the table as it is now. */
  Hands hands() {
    return new Hands(load());
  }

  /** Runs something between the plan and the swap of the next commit. */
  void beforeNextCommit(Runnable other) {
    lake.fail(id, Fault.none().runBefore(other));
  }

  /** Plans and commits a seal by another process than the stream's. */
  SealResult seal(String runId, Window range, Row... rows) {
    return commit(load().planSeal(runId, range, Set.of()), rows);
  }

  SealResult seal(String runId, Window range, Set<Seal.Allow> allowed, Row... rows) {
    return commit(load().planSeal(runId, range, allowed), allowed, rows);
  }

  SealResult commit(SealPlan plan, Row... rows) {
    return commit(plan, Set.of(), rows);
  }

  SealResult commit(SealPlan plan, Set<Seal.Allow> allowed, Row... rows) {
    UnifiedTable batch = load();
    List<DataFile> files = Rows.write(batch, sealed(rows));
    history.promiseSeal(plan.runId(), plan.windows(), List.of(rows));
    return batch.seal(new Seal(plan, files, null, allowed));
  }

  static List<Row> sealed(Row... rows) {
    return List.of(rows).stream().map(Row::sealed).toList();
  }

  /** Remembers what all snapshots hold, before some of them expire. */
  void remember() {
    history.remember(load().table());
  }

  /** Returns the newest snapshot's id. */
  long head() {
    return load().table().currentSnapshot().snapshotId();
  }

  /** Returns how many snapshots are on main. */
  int snapshots() {
    return writers().size();
  }

  /** Returns who wrote the snapshots on main, oldest first; a foreign hand has no name. */
  List<String> writers() {
    return StreamSupport.stream(SnapshotUtil.currentAncestors(load().table()).spliterator(), false)
        .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
        .map(snapshot -> snapshot.summary().getOrDefault("tidemark.writer", ""))
        .toList();
  }

  /** Returns how many rows are in the quarantine. */
  long lateRows() {
    return Rows.count(load().late());
  }

  /** Returns the rows of the table now. */
  List<Row> rows() {
    UnifiedTable fresh = load();
    return fresh.table().currentSnapshot() == null
        ? List.of()
        : Rows.read(fresh, fresh.table().currentSnapshot().snapshotId());
  }

  /** Returns the version of a window now, 0 for an open one. */
  int version(Window window) {
    return load().state().closed().version(window);
  }
}
