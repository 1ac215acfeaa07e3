package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.LateRows;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;

/** The commits of one unified table. */
public final class Commits {

  private final String name;
  private final TableOperations operations;
  private final TableContract contract;
  private final CommitTiming timing;

  public Commits(String name, Table table, TableContract contract, CommitTiming timing) {
    this.name = name;
    this.operations = ((BaseTable) table).operations();
    this.contract = contract;
    this.timing = timing;
  }

  /**
   * Reads the contract of a table.
   *
   * @throws io.tidemark.catalog.InvalidRequestException if it has none, or one of an unknown format
   */
  public static TableContract contract(Table table) {
    return Base.contract(table.name(), ((BaseTable) table).operations().current());
  }

  /** Late rows and dead letters come first, so that none is lost between two commits. */
  public PublishResult publish(
      Publish publish, Optional<LateRows> lateRows, Table late, Table deadLetters) {
    PublishIntent intent =
        new PublishIntent(contract, publish, cell -> quarantine(publish, lateRows, late, cell));
    Base base = base();
    if (!base.landed(publish)) {
      new Chain(base, publish.streamId()).check(publish);
      appendSides(publish, late, deadLetters);
    }
    return loop().commit(intent);
  }

  /** Looks a publish up; where it did not land, its late rows and dead letters still count. */
  public boolean hasLanded(Publish publish, Table late, Table deadLetters) {
    boolean landed = loop().commit(new LookUpIntent(publish));
    if (!landed) {
      appendSides(publish, late, deadLetters);
    }
    return landed;
  }

  private void quarantine(
      Publish publish, Optional<LateRows> lateRows, Table late, OpenFiles cell) {
    if (lateRows.isPresent() && !cell.files().isEmpty()) {
      String commitId = "%s/%s/%d".formatted(publish.commitId(), cell.window().lo(), cell.bucket());
      side(late).append(publish, commitId, () -> lateRows.get().copy(cell.files()));
    }
  }

  private void appendSides(Publish publish, Table late, Table deadLetters) {
    if (!publish.late().files().isEmpty()) {
      side(late).append(publish, publish.commitId(), publish::late);
    }
    if (!publish.deadLetters().files().isEmpty()) {
      side(deadLetters).append(publish, publish.commitId(), publish::deadLetters);
    }
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#takeOver}. */
  public StreamToken takeOver(String streamId, String commitId, Table late, Table deadLetters) {
    StreamToken token = loop().commit(new TakeOverIntent(contract, streamId, commitId));
    settleSides(token, late, deadLetters);
    return token;
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#retire}. */
  public StreamToken retire(String streamId, Duration silence, Table late, Table deadLetters) {
    Instant silentSince = timing.clock().instant().minus(silence);
    StreamToken token = loop().commit(new RetireIntent(streamId, silentSince));
    settleSides(token, late, deadLetters);
    return token;
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#predecessor}. */
  public Optional<StreamToken> predecessor(String streamId) {
    Chain chain = new Chain(base(), streamId);
    chain.checkOwner(true);
    return chain.heritage();
  }

  private void settleSides(StreamToken token, Table late, Table deadLetters) {
    side(late).settle(token);
    side(deadLetters).settle(token);
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#planSeal}. */
  public SealPlan planSeal(String runId, Window range, Set<Seal.Allow> allowed, Table late) {
    Base base = base();
    base.checkHistory();
    SealGuards guards = new SealGuards(base);
    List<Window> windows = guards.windows(range);
    boolean sealed = guards.sealedBy(runId, windows);
    if (!sealed) {
      guards.checkOpen(windows);
      guards.checkWatermark(windows, allowed, timing.clock().instant());
    }
    return plan(base, runId, windows, sealed, late);
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#planReseal}. */
  public SealPlan planReseal(String runId, Window range, Table late) {
    Base base = base();
    base.checkHistory();
    SealGuards guards = new SealGuards(base);
    List<Window> windows = guards.windows(range);
    boolean sealed = guards.sealedBy(runId, windows);
    if (!sealed) {
      guards.checkClosed(windows);
    }
    return plan(base, runId, windows, sealed, late);
  }

  private SealPlan plan(Base base, String runId, List<Window> windows, boolean sealed, Table late) {
    List<Integer> versions = windows.stream().map(base.state().closed()::version).toList();
    return new SealPlan(runId, windows, versions, sealed, side(late).head().orElse(null));
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#seal}. */
  public SealResult seal(Seal seal) {
    String commitId = UUID.randomUUID().toString();
    return loop().commit(new SealIntent(commitId, contract, seal, timing.clock()));
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#rewrite}. */
  public long rewrite(Rewrite rewrite) {
    return loop().commit(new RewriteIntent(contract, rewrite));
  }

  /** See {@link io.tidemark.catalog.UnifiedTable#repair}. */
  public RepairReport repair() {
    return loop().commit(new RepairIntent());
  }

  /** Adds the measures that a contract asks for and the table lacks. */
  public boolean evolve(TableContract asked) {
    return loop().commit(new EvolveIntent(asked));
  }

  private SideTable side(Table table) {
    return new SideTable(table, timing, this::base);
  }

  private Base base() {
    return new Base(name, operations, operations.refresh());
  }

  private CommitLoop loop() {
    return new CommitLoop(name, operations, timing);
  }
}
