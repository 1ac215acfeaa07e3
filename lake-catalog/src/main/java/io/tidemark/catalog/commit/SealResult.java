package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a seal.
 *
 * @param snapshotId the snapshot that holds it
 * @param parentSnapshotId the snapshot before, against which drift is computed, or null if none
 * @param alreadySealed whether the run had sealed these windows before, and nothing was done
 * @param windows the windows sealed
 * @param rowsBefore the rows taken out, of all owners
 * @param rowsAfter the rows of the batch
 * @param boundary the table's boundary after the seal
 */
public record SealResult(
    long snapshotId,
    @Nullable Long parentSnapshotId,
    boolean alreadySealed,
    List<Window> windows,
    long rowsBefore,
    long rowsAfter,
    Instant boundary) {}
