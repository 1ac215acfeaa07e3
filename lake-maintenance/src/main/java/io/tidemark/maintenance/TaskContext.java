package io.tidemark.maintenance;

import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;

/**
 * What a task works with. For the thread of the run only.
 *
 * @param loader loads the table on a Flink task
 * @param catalog the catalog, open for as long as the run lasts
 * @param table the table, loaded from that catalog
 * @param environment where a task's Flink job runs
 * @param dryRun whether to plan and report, and to change nothing
 */
public record TaskContext(
    TableLoader loader,
    Catalog catalog,
    UnifiedTable table,
    StreamExecutionEnvironment environment,
    boolean dryRun) {}
