package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** The rows of one publish for a side table, in place of those that its stream abandoned there. */
final class SideIntent implements CommitIntent<Boolean> {

  private final Publish publish;
  private final String commitId;
  private final Supplier<Publish.SideRows> rows;
  private final Supplier<Base> main;
  private @Nullable List<DataFile> files;

  /**
   * @param commitId the publish's id, or one that begins with it and a slash
   * @param main reads main anew
   */
  SideIntent(
      Publish publish, String commitId, Supplier<Publish.SideRows> rows, Supplier<Base> main) {
    this.publish = publish;
    this.commitId = commitId;
    this.rows = rows;
    this.main = main;
  }

  /** Returns the id of the publish that a side commit belongs to. */
  static String publishOf(String commitId) {
    int slash = commitId.indexOf('/');
    return slash < 0 ? commitId : commitId.substring(0, slash);
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public String afterRewrite() {
    return SideTable.AFTER_REWRITE;
  }

  /** Main is read after the side table: a take-over moves main first, then the side table. */
  @Override
  public Step<Boolean> plan(Base base) {
    Base now = main.get();
    if (now.landed(publish)) {
      return new Step.Done<>(false);
    }
    now.checkHistory();
    Chain chain = new Chain(now, publish.streamId());
    chain.check(publish);
    Optional<StreamToken> token = base.state().token(publish.streamId());
    if (token.isPresent()) {
      if (token.get().commitId().equals(commitId)) {
        return new Step.Done<>(false);
      }
      checkNoTwin(base, token.get());
    }
    if (files == null) {
      files = rows.get().files();
    }
    List<DataFile> added = files;
    Abandoned abandoned = new Abandoned(chain, base);
    return new Step.Commit<>(
        tx -> abandoned.replace(tx, publish.commitId(), added),
        summary(chain),
        this::properties,
        snapshot -> true);
  }

  /** Two runs that continue the same publish are forks: the first to come here goes on. */
  private void checkNoTwin(Base base, StreamToken last) {
    Snapshot snapshot = base.metadata().snapshot(last.snapshotId());
    boolean same = last.commitId().startsWith(publish.commitId());
    if (snapshot == null || same || publish.parents().contains(last.commitId())) {
      return;
    }
    for (String parent : Summaries.parents(snapshot)) {
      if (publish.parents().contains(parent)) {
        throw new StreamFencedException(
            "Cannot publish %s of stream %s to %s: another run continues %s. Stop one of them. Nothing was committed."
                .formatted(publish.commitId(), publish.streamId(), base.name(), parent));
      }
    }
  }

  private Map<String, String> summary(Chain chain) {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.STREAM.toString());
    summary.put(Keys.STREAM_ID, publish.streamId());
    summary.put(Keys.PARENTS, String.join(",", publish.parents()));
    summary.put(Keys.AFTER, Long.toString(chain.sequenceNumber()));
    return summary;
  }

  private Map<String, String> properties(Snapshot snapshot) {
    StreamToken token =
        new StreamToken(
            publish.streamId(),
            commitId,
            snapshot.snapshotId(),
            snapshot.sequenceNumber(),
            snapshot.sequenceNumber(),
            publish.watermark(),
            Map.of(),
            false);
    return Map.of(Keys.STREAM_PREFIX + publish.streamId(), StateCodec.encode(token));
  }

  @Override
  public Boolean landed(Snapshot snapshot) {
    return true;
  }
}
