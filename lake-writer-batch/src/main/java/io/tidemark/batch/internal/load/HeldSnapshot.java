package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that a session holds for the readers of a table.
 *
 * @param name under which readers join it
 * @param mark where it stands, or null where nothing of the load can be taken over later
 */
record HeldSnapshot(String name, @Nullable SnapshotMark mark) implements Serializable {}
