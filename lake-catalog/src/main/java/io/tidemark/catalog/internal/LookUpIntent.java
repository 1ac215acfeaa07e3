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
  private final PublishIntent intent;

  LookUpIntent(Publish publish, PublishIntent intent) {
    this.publish = publish;
    this.intent = intent;
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
    intent.checkChain(base.name(), base.state().token(publish.streamId()));
    return Fence.step(false);
  }

  @Override
  public Boolean landed(Snapshot snapshot) {
    return false;
  }
}
