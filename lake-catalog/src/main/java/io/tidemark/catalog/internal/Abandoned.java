package io.tidemark.catalog.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;

/**
 * What publishes of a stream left in a side table that never landed and cannot land any more: a run
 * ended between its side commit and its main commit, and the stream went on without it. Its events
 * are read again, so its rows go. A side commit's files hold its own rows only.
 */
final class Abandoned {

  private final Chain chain;
  private final Base side;

  Abandoned(Chain chain, Base side) {
    this.chain = chain;
    this.side = side;
  }

  /** Returns an update that takes them out and adds files. */
  SnapshotUpdate<?> replace(Transaction tx, String commitId, List<DataFile> added) {
    List<DataFile> files = files(commitId);
    if (files.isEmpty()) {
      var append = added.isEmpty() ? tx.newFastAppend() : tx.newAppend();
      added.forEach(append::appendFile);
      return append;
    }
    var overwrite = tx.newOverwrite();
    files.forEach(overwrite::deleteFile);
    added.forEach(overwrite::addFile);
    return overwrite;
  }

  /** Every side commit cleans up behind it, so that the newest that counts ends the search. */
  private List<DataFile> files(String commitId) {
    List<DataFile> files = new ArrayList<>();
    for (Snapshot snapshot : side.lineage().stream().filter(this::isOfStream).toList()) {
      if (isOf(snapshot, commitId) || counts(snapshot)) {
        break;
      }
      if (!chain.continuesWith(Summaries.parents(snapshot))) {
        SnapshotChanges.builderFor(side.table())
            .snapshot(snapshot)
            .build()
            .addedDataFiles()
            .forEach(files::add);
      }
    }
    return files;
  }

  private boolean isOfStream(Snapshot snapshot) {
    return chain.streamId().equals(snapshot.summary().get(Keys.STREAM_ID));
  }

  private static boolean isOf(Snapshot snapshot, String commitId) {
    return SideIntent.publishOf(snapshot.summary().get(Keys.COMMIT_ID)).equals(commitId);
  }

  private boolean counts(Snapshot snapshot) {
    String after = snapshot.summary().get(Keys.AFTER);
    return after == null
        || chain.mayHold(
            SideIntent.publishOf(snapshot.summary().get(Keys.COMMIT_ID)), Long.parseLong(after));
  }
}
