package io.tidemark.maintenance;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.maintenance.internal.Expiry;
import io.tidemark.maintenance.internal.ExpiryLimits;
import java.time.Duration;

/**
 * Expires old snapshots of the table, its quarantine, its dead letters and its windows ledger, and
 * deletes the files that no remaining snapshot names.
 *
 * <p>What a live writer or the table's state needs stays, however old it is, and so does every
 * snapshot that was the newest one within a writer's flight. Branches and tags are left alone.
 *
 * <p>Defaults: the last snapshot is retained, there is no bound on their number, a flight takes up
 * to one hour.
 */
public final class ExpireSnapshots implements MaintenanceTask {

  private final Duration age;
  private int retainLast = 1;
  private int retainAtMost = Integer.MAX_VALUE;
  private Duration flight = Duration.ofHours(1);

  private ExpireSnapshots(Duration age) {
    this.age = age;
  }

  /** Starts an expiry of snapshots older than an age. */
  public static ExpireSnapshots olderThan(Duration age) {
    check(!age.isNegative(), "age must not be negative", age);
    return new ExpireSnapshots(age);
  }

  /** Retains the newest snapshots whatever their age, at least 1. */
  public ExpireSnapshots retainLast(int snapshots) {
    check(snapshots >= 1, "retained snapshots must be at least 1", snapshots);
    this.retainLast = snapshots;
    return this;
  }

  /**
   * Expires all but the newest snapshots even where they are younger than the age, so that metadata
   * stays small under frequent commits. Guards and {@link #retainLast(int)} come first.
   */
  public ExpireSnapshots retainAtMost(int snapshots) {
    check(snapshots >= 1, "retained snapshots must be at least 1", snapshots);
    this.retainAtMost = snapshots;
    return this;
  }

  /** Sets how long a commit of any writer may take, from its first file to its last answer. */
  public ExpireSnapshots flight(Duration longest) {
    check(!longest.isNegative(), "flight must not be negative", longest);
    this.flight = longest;
    return this;
  }

  @Override
  public String name() {
    return "expire-snapshots";
  }

  @Override
  public TaskReport run(TaskContext context) {
    ExpiryLimits limits = new ExpiryLimits(age, retainLast, retainAtMost, flight);
    return new Expiry(name(), context, limits).run();
  }

  private static void check(boolean holds, String reason, Object value) {
    if (!holds) {
      throw new InvalidRequestException("Cannot expire snapshots: %s: %s".formatted(reason, value));
    }
  }
}
