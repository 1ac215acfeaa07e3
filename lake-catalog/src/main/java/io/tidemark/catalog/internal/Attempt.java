package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.RefusedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to swap one base: the snapshot first, the properties last, all in one commit. */
final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Base base;
  private final PinnedOperations pinned;

  Attempt(TableOperations operations, Base base) {
    this.base = base;
    this.pinned = new PinnedOperations(operations, base.metadata());
  }

  /**
   * Runs the attempt.
   *
   * @return the new snapshot
   * @throws SwapFailedException if the catalog did not say that it landed
   * @throws RefusedException if the update does not fit the base
   */
  <R> Snapshot run(String commitId, Step.Commit<R> step) {
    Transaction transaction = Transactions.newTransaction(base.name(), pinned);
    try {
      SnapshotUpdate<?> update = step.update().apply(transaction);
      step.summary().forEach(update::set);
      update.set(Keys.COMMIT_ID, commitId);
      update.commit();
    } catch (ValidationException e) {
      throw new RefusedException(
          "Cannot commit to %s: %s. Nothing was committed.".formatted(base.name(), e.getMessage()));
    }
    Snapshot snapshot = transaction.table().currentSnapshot();
    Map<String, String> state = step.properties().apply(snapshot);
    if (!state.isEmpty()) {
      setProperties(transaction, snapshot, state);
    }
    transaction.commitTransaction();
    return snapshot;
  }

  private static void setProperties(
      Transaction transaction, Snapshot snapshot, Map<String, String> changes) {
    Map<String, String> properties = new HashMap<>(changes);
    Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
    properties.put(Keys.ANCHOR, StateCodec.encode(anchor));
    UpdateProperties update = transaction.updateProperties();
    properties.forEach(
        (key, value) -> {
          if (value == null) {
            update.remove(key);
          } else {
            update.set(key, value);
          }
        });
    update.commit();
  }

  /**
   * Deletes the manifests and the manifest list that this attempt wrote. Only for an attempt that
   * is proven not to have landed and not to land any more.
   */
  void deleteOwnManifests() {
    TableMetadata attempted = pinned.attempted();
    if (attempted == null || attempted.currentSnapshot() == null) {
      return;
    }
    Snapshot snapshot = attempted.currentSnapshot();
    if (base.metadata().snapshot(snapshot.snapshotId()) != null) {
      return;
    }
    try {
      for (ManifestFile manifest : snapshot.allManifests(pinned.io())) {
        if (manifest.snapshotId() == snapshot.snapshotId()) {
          pinned.io().deleteFile(manifest.path());
        }
      }
      pinned.io().deleteFile(snapshot.manifestListLocation());
    } catch (RuntimeException e) {
      LOG.warn("Cannot delete the manifests of an attempt that did not land: orphans remain", e);
    }
  }
}
