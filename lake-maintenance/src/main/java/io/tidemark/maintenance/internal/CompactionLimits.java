package io.tidemark.maintenance.internal;

import java.io.Serializable;

/**
 * What a compaction may do.
 *
 * @param fileBytes the size a file should have
 * @param minInputFiles how many small files of one partition are worth a rewrite, at least 2
 * @param runBytes how much one run may read
 * @param sortBytes how much memory a task may take to sort a group
 * @param maxCommits in how many commits a run lands
 */
public record CompactionLimits(
    long fileBytes, int minInputFiles, long runBytes, long sortBytes, int maxCommits)
    implements Serializable {}
