package io.tidemark.spark;

import java.util.List;
import java.util.Map;

/**
 * What was read.
 *
 * @param snapshots every snapshot of the table's history, oldest first; the last is current
 * @param counts the rows of the tables counted, by dotted name
 */
public record ReadAnswer(List<SnapshotTotals> snapshots, Map<String, Long> counts) {}
