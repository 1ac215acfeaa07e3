package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Publish;
import java.util.UUID;
import org.apache.iceberg.Snapshot;

/**
 * Finds out whether a publish landed. Where it did not, an attempt of a run that is gone may be
 * under way still: an empty commit makes it impossible.
 */
final class LookUpIntent implements CommitIntent<Boolean> {

  private final String commitId = UUID.randomUUID().toString();
  private final Publish publish;

  LookUpIntent(Publish publish) {
    this.publish = publish;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<Boolean> plan(Base base) {
    if (base.landed(publish)) {
      return new Step.Done<>(true);
    }
    new Chain(base, publish.streamId()).check(publish);
    return Fence.step(false);
  }

  @Override
  public Boolean landed(Snapshot snapshot) {
    return false;
  }
}
