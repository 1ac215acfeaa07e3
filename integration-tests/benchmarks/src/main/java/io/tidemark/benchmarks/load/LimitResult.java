package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.benchmarks.limit.LegPass;
import io.tidemark.benchmarks.limit.LimitLegs;
import java.util.List;

/**
 * The physical limit, as one run found it.
 *
 * @param run the number of the run, from 1
 * @param warm T* of compiled code, in seconds
 * @param cold T* of processes that have just started, in seconds
 * @param legs every pass of every leg
 */
record LimitResult(
    int run,
    String table,
    @JsonProperty("t_star_s") double warm,
    @JsonProperty("t_star_cold_s") double cold,
    List<LegPass> legs) {

  static LimitResult of(int run, String table, List<LegPass> legs) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new LimitResult(
        run, table, LimitLegs.warm(legs).seconds(cores), LimitLegs.cold(legs).seconds(cores), legs);
  }
}
