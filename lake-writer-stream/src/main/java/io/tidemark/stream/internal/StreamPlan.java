package io.tidemark.stream.internal;

import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.TableContract;
import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * What every operator of a stream knows from the job graph.
 *
 * @param loader where the table is
 * @param streamId the configured id of the stream
 * @param contract the table's contract when the job was built
 * @param source the type of a contribution: the contract's source columns, in their order
 * @param takenOver the token of the take-over that this job starts from where it has no state, or
 *     null for a stream that never published
 * @param reopened the repair that such a stream begins after, see {@link
 *     io.tidemark.catalog.commit.TableState#reopened}, or null
 */
public record StreamPlan(
    TableLoader loader,
    String streamId,
    TableContract contract,
    RowType source,
    @Nullable StreamToken takenOver,
    @Nullable String reopened)
    implements Serializable {}
