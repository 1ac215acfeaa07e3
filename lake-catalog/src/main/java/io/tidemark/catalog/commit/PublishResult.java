package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.util.List;

/**
 * What became of a publish.
 *
 * @param snapshotId the snapshot that holds it
 * @param alreadyCommitted whether an earlier attempt had landed
 * @param leftOut windows that closed meanwhile, whose files were left out
 * @param contributionsLeftOut the events that were left out with them
 */
public record PublishResult(
    long snapshotId, boolean alreadyCommitted, List<Window> leftOut, long contributionsLeftOut) {}
