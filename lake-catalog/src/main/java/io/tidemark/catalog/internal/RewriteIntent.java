package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.util.Map;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;

/** A compaction of closed windows. */
final class RewriteIntent implements CommitIntent<Long> {

  private final TableContract contract;
  private final Rewrite rewrite;

  RewriteIntent(TableContract contract, Rewrite rewrite) {
    this.contract = contract;
    this.rewrite = rewrite;
  }

  @Override
  public String commitId() {
    return rewrite.commitId();
  }

  @Override
  public Step<Long> plan(Base base) {
    base.checkLayout(contract);
    base.checkSpecs(rewrite.added());
    checkVersions(base);
    AttentionList attention =
        new AttentionList(base.state().attention()).add(new ForeignWrites(base).attention());
    return new Step.Commit<>(
        this::update,
        Map.of(
            Keys.WRITER, Writer.MAINTENANCE.toString(),
            Keys.WINDOWS, WindowRanges.encode(rewrite.windows())),
        snapshot -> Map.of(Keys.ATTENTION, StateCodec.encode(attention.entries())),
        Snapshot::snapshotId);
  }

  private void checkVersions(Base base) {
    for (int i = 0; i < rewrite.windows().size(); i++) {
      Window window = rewrite.windows().get(i);
      int version = base.state().closed().version(window);
      if (version == 0 || version != rewrite.versions().get(i)) {
        throw new RefusedException(
            "Cannot compact %s %s: its files were read in version %d, it has %d now. Nothing was committed."
                .formatted(base.name(), window, rewrite.versions().get(i), version));
      }
    }
  }

  private SnapshotUpdate<?> update(Transaction tx) {
    RewriteFiles update = tx.newRewrite();
    update.validateFromSnapshot(rewrite.readAt());
    rewrite.removed().forEach(update::deleteFile);
    rewrite.added().forEach(update::addFile);
    return update;
  }

  @Override
  public Long landed(Snapshot snapshot) {
    return snapshot.snapshotId();
  }
}
