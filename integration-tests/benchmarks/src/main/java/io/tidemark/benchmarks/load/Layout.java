package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;

/**
 * What the subjects are compared on.
 *
 * @param table the table that is loaded
 * @param partitioned whether the target is
 */
public record Layout(SourceTable table, boolean partitioned) {

  @Override
  public String toString() {
    return "%s, %s"
        .formatted(
            table.tableName(),
            partitioned ? "partitioned by " + table.partition() : "unpartitioned");
  }
}
