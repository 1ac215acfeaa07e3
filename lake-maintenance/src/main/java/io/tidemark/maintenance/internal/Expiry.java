package io.tidemark.maintenance.internal;

import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.ledger.WindowsLedger;
import io.tidemark.maintenance.Figure;
import io.tidemark.maintenance.TaskContext;
import io.tidemark.maintenance.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** One expiry of a table and its side tables. */
public final class Expiry {

  private final String task;
  private final TaskContext context;
  private final ExpiryLimits limits;
  private final Instant now = Instant.now();
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long filesDeleted;

  /** Prepares an expiry that reports under a task's name. */
  public Expiry(String task, TaskContext context, ExpiryLimits limits) {
    this.task = task;
    this.context = context;
    this.limits = limits;
  }

  /** Runs it to its end. */
  public TaskReport run() {
    Instant guard = context.table().expirableBefore(limits.flight());
    expire("snapshots", context.table().table(), guard);
    // Rows go to a side table before the publish that accounts for them is on main.
    Instant sideGuard = guard.minus(limits.flight());
    expire("late snapshots", context.table().late(), sideGuard);
    expire("dead letter snapshots", context.table().deadLetters(), sideGuard);
    ledger().ifPresent(ledger -> expire("ledger snapshots", ledger, now.minus(limits.flight())));
    figures.add(new Figure("files deleted", 0, filesDeleted));
    return TaskReport.of(task, figures, List.of(), notes);
  }

  private Optional<Table> ledger() {
    TableIdentifier ledger = WindowsLedger.identifierOf(context.table().identifier());
    return context.catalog().tableExists(ledger)
        ? Optional.of(context.catalog().loadTable(ledger))
        : Optional.empty();
  }

  private void expire(String figure, Table table, Instant guard) {
    table.refresh();
    ExpiryPlan plan = ExpiryPlan.of(table, limits, now, guard);
    figures.add(new Figure(figure, plan.snapshots(), plan.snapshots() - plan.expired().size()));
    if (plan.heldBack() > 0) {
      notes.add("%d %s held back: %s".formatted(plan.heldBack(), figure, holder(guard)));
    }
    if (!plan.expired().isEmpty() && !context.dryRun()) {
      commit(table, plan.expired());
    }
  }

  private void commit(Table table, Set<Long> expired) {
    ConcurrentLinkedQueue<String> files = new ConcurrentLinkedQueue<>();
    // By id, so that nothing else expires if the table moves on, and no file that a retained
    // snapshot names is deleted even if it was removed and added again.
    ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0).deleteWith(files::add);
    expired.forEach(expire::expireSnapshotId);
    refuseOthers(table, expired, expire.apply());
    expire.commit();
    CatalogUtil.deleteFiles(table.io(), files, "expired");
    filesDeleted += files.size();
  }

  /** A branch may have a retention of its own, which Iceberg applies in the same commit. */
  private static void refuseOthers(Table table, Set<Long> expired, List<Snapshot> all) {
    Set<Long> others =
        all.stream()
            .map(Snapshot::snapshotId)
            .filter(id -> !expired.contains(id))
            .collect(Collectors.toSet());
    if (!others.isEmpty()) {
      throw new RefusedException(
          "Cannot expire snapshots of %s: the retention set on a branch or tag would expire %s as well, which a writer may need. Remove that retention"
              .formatted(table.name(), others));
    }
  }

  private String holder(Instant guard) {
    Optional<StreamToken> token =
        context.table().state().liveTokens().stream()
            .filter(t -> writtenBy(t).filter(at -> !at.isAfter(guard)).isPresent())
            .findFirst();
    return token
        .map(
            t ->
                "stream %s needs snapshot %d, which wrote its token"
                    .formatted(t.streamId(), t.snapshotId()))
        .orElse(
            guard.isBefore(now.minus(limits.flight()))
                ? "the table's state was last written then"
                : "a writer's commit may be in flight for %s".formatted(limits.flight()));
  }

  private Optional<Instant> writtenBy(StreamToken token) {
    return Optional.ofNullable(context.table().table().snapshot(token.snapshotId()))
        .map(snapshot -> Instant.ofEpochMilli(snapshot.timestampMillis()));
  }
}
