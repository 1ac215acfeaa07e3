package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.nio.file.Path;

/**
 * One load to be done.
 *
 * @param table the table to load
 * @param partitioned whether the target is
 * @param source where it is
 * @param bounds of the table's split column
 * @param lake the empty target
 * @param directory for what the subject needs, with the target's files in it
 */
public record LoadTask(
    SourceTable table,
    boolean partitioned,
    SourceDatabase source,
    SourceDatabase.Bounds bounds,
    LocalLake lake,
    Path directory) {}
