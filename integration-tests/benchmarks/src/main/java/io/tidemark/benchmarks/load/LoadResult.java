package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One load that was measured.
 *
 * @param run the number of the run, from 1
 * @param wall seconds, from the start of the process to its end
 * @param clientCpu seconds of the process
 * @param serverCpu seconds of PostgreSQL meanwhile
 * @param peakRss megabytes that were resident in the process at most
 * @param files how many data files were written
 * @param megabytes their size
 * @param valid whether the table has the source's rows
 * @param problem why it is not valid, null where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadResult(
    int run,
    String subject,
    String table,
    boolean partitioned,
    @JsonProperty("wall_s") double wall,
    @JsonProperty("client_cpu_s") double clientCpu,
    @JsonProperty("server_cpu_s") double serverCpu,
    @JsonProperty("peak_rss_mb") double peakRss,
    long files,
    @JsonProperty("data_mb") double megabytes,
    boolean valid,
    @Nullable String problem) {

  double cpu() {
    return clientCpu + serverCpu;
  }

  boolean isOf(Layout layout) {
    return table.equals(layout.table().tableName()) && partitioned == layout.partitioned();
  }
}
