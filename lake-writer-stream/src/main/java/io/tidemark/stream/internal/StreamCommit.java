package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.Publish;
import java.io.Serializable;

/**
 * A publish on its way from the writer to the committer.
 *
 * @param publish the publish
 * @param restoredFrom the checkpoint that the writer's run was restored from, or -1; a committer
 *     that was restored from a later one knows the publish as recovered
 */
public record StreamCommit(Publish publish, long restoredFrom) implements Serializable {}
