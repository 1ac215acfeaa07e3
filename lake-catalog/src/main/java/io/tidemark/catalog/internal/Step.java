package io.tidemark.catalog.internal;

import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;

/** What an intent came to on one base. */
sealed interface Step<R> {

  /** Nothing is left to do. */
  record Done<R>(R result) implements Step<R> {}

  /**
   * One snapshot, and the properties that go with it.
   *
   * @param update builds the snapshot update, not yet committed, in a transaction
   * @param summary what the snapshot says of itself
   * @param properties the properties that change, given the new snapshot; a null value removes one
   * @param result the intent's result, given the new snapshot
   */
  record Commit<R>(
      Function<Transaction, SnapshotUpdate<?>> update,
      Map<String, String> summary,
      Function<Snapshot, Map<String, String>> properties,
      Function<Snapshot, R> result)
      implements Step<R> {}
}
