package io.tidemark.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What a reader sees at one snapshot.
 *
 * @param snapshotId the snapshot
 * @param committedAt when it became current, in milliseconds since the epoch
 * @param ancestor whether the current snapshot descends from it
 * @param days the sums per local day, in ISO form and in order
 */
public record SnapshotTotals(
    @JsonProperty("snapshot_id") long snapshotId,
    @JsonProperty("committed_at") long committedAt,
    boolean ancestor,
    Map<String, DayTotals> days) {}
