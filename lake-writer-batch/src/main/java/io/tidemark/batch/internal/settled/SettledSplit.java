package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceRange;
import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A part of the query's rows.
 *
 * @param splitId its id
 * @param snapshot the snapshot to read it in, or null for the reader's own
 * @param range which rows, or null for all of them
 */
record SettledSplit(String splitId, @Nullable SharedSnapshot snapshot, @Nullable SourceRange range)
    implements SourceSplit, Serializable {}
