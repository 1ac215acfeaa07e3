package io.tidemark.maintenance.internal;

import java.util.Optional;

/**
 * A group and what became of it, before it is committed.
 *
 * @param group the files read
 * @param rewritten the files written
 */
record Landing(FileGroup group, RewrittenGroup rewritten) {

  /** Returns why the files must not be committed, or nothing. */
  Optional<String> complaint() {
    if (rewritten.failure() != null) {
      return Optional.of(rewritten.failure());
    }
    boolean lost =
        rewritten.rowsRead() != rewritten.rowsWritten()
            || (!group.hasDeletes() && group.records() != rewritten.rowsRead());
    return lost
        ? Optional.of(
            "Cannot compact %s: %d rows in its files, %d read, %d written"
                .formatted(
                    group.window(), group.records(), rewritten.rowsRead(), rewritten.rowsWritten()))
        : Optional.empty();
  }
}
