package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One load of what changed, or of all.
 *
 * @param run the number of the run, from 1
 * @param perMille how many rows of a thousand changed before it; 0 for the first load, of all rows
 * @param rows how many rows it brought
 * @param wall seconds, from the start of the process to its end
 * @param clientCpu seconds of the process
 * @param serverCpu seconds of PostgreSQL meanwhile
 * @param written megabytes of data and delete files
 * @param valid whether the table had the source's rows afterwards, and no equality deletes
 * @param problem why it is not valid, null where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IncrementalLoad(
    int run,
    @JsonProperty("changed_per_mille") int perMille,
    long rows,
    @JsonProperty("wall_s") double wall,
    @JsonProperty("client_cpu_s") double clientCpu,
    @JsonProperty("server_cpu_s") double serverCpu,
    @JsonProperty("written_mb") double written,
    boolean valid,
    @Nullable String problem) {

  double cpu() {
    return clientCpu + serverCpu;
  }

  @Override
  public String toString() {
    String what = perMille == 0 ? "all rows" : "%.1f %% changed".formatted(perMille / 10.0);
    return String.format(
        Locale.ROOT,
        "%s: %.2f s, CPU %.2f + %.2f s, %.1f MB written, %s",
        what,
        wall,
        clientCpu,
        serverCpu,
        written,
        valid ? "valid" : "NOT VALID: " + problem);
  }
}
