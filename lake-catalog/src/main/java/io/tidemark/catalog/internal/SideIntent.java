package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.jspecify.annotations.Nullable;

/** The rows of one publish for a side table. */
final class SideIntent implements CommitIntent<Long> {

  private final Publish publish;
  private final String commitId;
  private final Supplier<Publish.SideRows> rows;
  private @Nullable List<DataFile> files;

  SideIntent(Publish publish, String commitId, Supplier<Publish.SideRows> rows) {
    this.publish = publish;
    this.commitId = commitId;
    this.rows = rows;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<Long> plan(Base base) {
    Optional<StreamToken> token = base.state().token(publish.streamId());
    if (token.isPresent()) {
      if (token.get().commitId().equals(commitId)) {
        return new Step.Done<>(token.get().snapshotId());
      }
      checkNoTwin(base, token.get());
    }
    if (files == null) {
      files = rows.get().files();
    }
    List<DataFile> added = files;
    return new Step.Commit<>(
        tx -> update(tx, added), summary(), this::properties, Snapshot::snapshotId);
  }

  /** Two runs that continue the same publish are forks: the first to come here goes on. */
  private void checkNoTwin(Base base, StreamToken last) {
    Snapshot snapshot = base.metadata().snapshot(last.snapshotId());
    boolean same = last.commitId().startsWith(publish.commitId());
    if (snapshot == null || same || publish.parents().contains(last.commitId())) {
      return;
    }
    for (String parent : snapshot.summary().getOrDefault(Keys.PARENTS, "").split(",", -1)) {
      if (publish.parents().contains(parent)) {
        throw new StreamFencedException(
            "Cannot publish %s of stream %s to %s: another run continues %s. Stop one of them. Nothing was committed."
                .formatted(publish.commitId(), publish.streamId(), base.name(), parent));
      }
    }
  }

  private static SnapshotUpdate<?> update(Transaction tx, List<DataFile> files) {
    AppendFiles append = tx.newAppend();
    files.forEach(append::appendFile);
    return append;
  }

  private Map<String, String> summary() {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.STREAM.toString());
    summary.put(Keys.STREAM_ID, publish.streamId());
    summary.put(Keys.PARENTS, String.join(",", publish.parents()));
    return summary;
  }

  private Map<String, String> properties(Snapshot snapshot) {
    StreamToken token =
        new StreamToken(
            publish.streamId(),
            commitId,
            snapshot.snapshotId(),
            snapshot.sequenceNumber(),
            publish.watermark(),
            Map.of());
    return Map.of(Keys.STREAM_PREFIX + publish.streamId(), StateCodec.encode(token));
  }

  @Override
  public Long landed(Snapshot snapshot) {
    return snapshot.snapshotId();
  }
}
