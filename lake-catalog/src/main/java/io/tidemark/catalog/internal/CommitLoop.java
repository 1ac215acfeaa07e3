package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitForbiddenException;
import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.CommitUnresolvedException;
import io.tidemark.catalog.commit.ContractChangedException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one commit through. What a catalog answers is a hint; what counts is the lineage of main:
 *
 * <ul>
 *   <li>the commit id is on main: it landed, whatever was answered;
 *   <li>the id is in the metadata but off main: history was rewritten, stop;
 *   <li>the id is nowhere and the catalog refused the credentials: nothing landed, stop;
 *   <li>the id is nowhere and main moved past the base: the attempt cannot land any more, its
 *       manifests go and the commit is planned anew;
 *   <li>the id is nowhere and main still is the base: the attempt may land yet, so main is moved
 *       with an empty commit first.
 * </ul>
 */
final class CommitLoop {

  private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int ROUNDS_BEFORE_FENCE = 3;

  private final String name;
  private final TableOperations operations;
  private final CommitTiming timing;

  CommitLoop(String name, TableOperations operations, CommitTiming timing) {
    this.name = name;
    this.operations = operations;
    this.timing = timing;
  }

  /** Commits an intent, once. */
  <R> R commit(CommitIntent<R> intent) {
    Instant deadline = timing.clock().instant().plus(timing.limit());
    Duration pause = FIRST_PAUSE;
    while (true) {
      Base base = new Base(name, operations, operations.refresh());
      Optional<Snapshot> found = base.lineage().find(intent.commitId());
      if (found.isPresent()) {
        return intent.landed(found.get());
      }
      checkNotLost(base.lineage(), intent);
      if (!intent.repairsHistory()) {
        base.checkHistory();
      }
      Step<R> step = intent.plan(base);
      if (step instanceof Step.Done<R> done) {
        return done.result();
      }
      Optional<R> result = attempt(intent, base, (Step.Commit<R>) step, deadline);
      if (result.isPresent()) {
        return result.get();
      }
      pause = pause(pause);
    }
  }

  private <R> Optional<R> attempt(
      CommitIntent<R> intent, Base base, Step.Commit<R> step, Instant deadline) {
    Attempt attempt = new Attempt(operations, base);
    try {
      Snapshot snapshot = attempt.run(intent.commitId(), step);
      checkContract(base, snapshot);
      return Optional.of(step.result().apply(snapshot));
    } catch (SwapFailedException e) {
      Optional<Snapshot> landed = settle(intent, base, deadline, e);
      if (landed.isPresent()) {
        checkContract(base, landed.get());
        return landed.map(intent::landed);
      }
      attempt.deleteOwnManifests();
      return Optional.empty();
    }
  }

  /** A REST server applies a commit over a change of properties that came in between. */
  private void checkContract(Base base, Snapshot snapshot) {
    String before = base.metadata().property(Keys.CONTRACT, null);
    String after = current().map(now -> now.property(Keys.CONTRACT, null)).orElse(before);
    boolean evolved = snapshot.summary().get(Keys.WRITER).equals(Writer.EVOLUTION.toString());
    if (!evolved && !Objects.equals(before, after)) {
      throw new ContractChangedException(
          "Committed snapshot %d to %s, but somebody changed the table's contract at the same time: planned with %s, now %s. Restore the contract, then check the windows of that commit."
              .formatted(snapshot.snapshotId(), name, before, after));
    }
  }

  /** The commit has landed; where the table cannot be read now, the next commit checks. */
  private Optional<TableMetadata> current() {
    try {
      return Optional.of(operations.current());
    } catch (RuntimeException e) {
      LOG.warn("Cannot read {} after a commit that landed", name, e);
      return Optional.empty();
    }
  }

  /** Waits until an attempt landed, or cannot land any more, in which case nothing is returned. */
  private Optional<Snapshot> settle(
      CommitIntent<?> intent, Base base, Instant deadline, SwapFailedException cause) {
    Duration pause = FIRST_PAUSE;
    for (int round = 0; ; round++) {
      Optional<TableMetadata> now = lookUp(cause);
      Optional<Snapshot> found = now.flatMap(metadata -> find(metadata, intent));
      if (found.isPresent()) {
        return found;
      }
      checkNotForbidden(cause);
      if (now.isPresent()) {
        if (movedPast(base.metadata(), now.get())) {
          return checkedInTime(deadline, cause);
        }
        if (cause.isConflict() || round >= ROUNDS_BEFORE_FENCE) {
          moveMain(now.get());
        }
      }
      checkedInTime(deadline, cause);
      pause = pause(pause);
    }
  }

  private Optional<TableMetadata> lookUp(SwapFailedException cause) {
    try {
      return Optional.of(operations.refresh());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return Optional.empty();
    }
  }

  private Optional<Snapshot> find(TableMetadata metadata, CommitIntent<?> intent) {
    Lineage lineage = new Lineage(metadata);
    Optional<Snapshot> found = lineage.find(intent.commitId());
    if (found.isEmpty()) {
      checkNotLost(lineage, intent);
    }
    return found;
  }

  /** The attempts before this one are settled, so that nothing of this call is under way. */
  private void checkNotForbidden(SwapFailedException cause) {
    if (cause.isForbidden()) {
      throw new CommitForbiddenException(
          "Cannot commit to %s: the catalog refuses the credentials. Nothing was committed and no file was deleted; mend the credentials or what they may do, then try again with the same id. The catalog said: %s"
              .formatted(name, cause.answer()),
          cause);
    }
  }

  /** Makes an attempt on the same base impossible. Whether this lands is seen in the next round. */
  private void moveMain(TableMetadata metadata) {
    Base base = new Base(name, operations, metadata);
    try {
      new Attempt(operations, base).run(UUID.randomUUID().toString(), Fence.step(true));
    } catch (SwapFailedException e) {
      // The look-up of the next round tells, as it does for the commit itself.
      return;
    }
  }

  private static boolean movedPast(TableMetadata base, TableMetadata now) {
    Snapshot before = base.currentSnapshot();
    Snapshot after = now.currentSnapshot();
    return after != null && (before == null || before.snapshotId() != after.snapshotId());
  }

  private void checkNotLost(Lineage lineage, CommitIntent<?> intent) {
    if (lineage.lost(intent.commitId())) {
      throw new HistoryRewrittenException(
          "Cannot commit to %s: history was rewritten. Commit %s landed and is no longer part of main; its files are not added again. %s"
              .formatted(name, intent.commitId(), intent.afterRewrite()));
    }
  }

  private Optional<Snapshot> checkedInTime(Instant deadline, SwapFailedException cause) {
    if (timing.clock().instant().isAfter(deadline)) {
      throw new CommitUnresolvedException(
          "Cannot bring a commit to %s through within %s. No file was deleted; try again with the same id. The catalog said: %s"
              .formatted(name, timing.limit(), cause.answer()),
          cause);
    }
    return Optional.empty();
  }

  private Duration pause(Duration pause) {
    timing.pause().accept(pause);
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }
}
