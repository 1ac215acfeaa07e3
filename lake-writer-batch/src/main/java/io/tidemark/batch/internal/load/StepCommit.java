package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.upsert.UpsertPlan;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.RefusedException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * The commit of what a step has read.
 *
 * @param load the load
 * @param files the files of the rows
 */
record StepCommit(TableLoad load, List<DataFile> files) {

  /** The part of the heap that the keys of a table may take while they are looked for. */
  private static final double SHARE_OF_HEAP = 0.1;

  /**
   * Commits.
   *
   * @throws RefusedException if a guard refuses; nothing beside the files is left behind
   */
  LoadResult run(PlainTable table) {
    LoadStep step = load.step();
    if (step.key().isEmpty()) {
      return table.commit(commit(null));
    }
    Journal journal = Journal.of(table.table(), load.runId());
    long memory = (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP);
    UpsertPlan keys = new UpsertPlan(step.key(), files, memory, journal::newOperation);
    if (step.mode() != Load.Mode.UPSERT) {
      keys.check(table.table());
      return table.commit(commit(null));
    }
    try {
      keys.search(table.table());
      return table.commit(commit(keys));
    } catch (RefusedException | InvalidRequestException e) {
      keys.discard();
      throw e;
    }
  }

  private Load commit(@Nullable UpsertPlan keys) {
    LoadStep step = load.step();
    return new Load(
        load.runId(), step.mode(), files, load.origin(), load.begin(), step.advance(), keys);
  }
}
