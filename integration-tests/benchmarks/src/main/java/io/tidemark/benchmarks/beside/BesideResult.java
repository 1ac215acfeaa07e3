package io.tidemark.benchmarks.beside;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.benchmarks.load.LoadResult;

/**
 * One run.
 *
 * @param alone the transactions without a load
 * @param beside the transactions while a load reads
 * @param load the load beside them
 * @param loadAlone the load without them
 */
record BesideResult(
    int run,
    Latencies alone,
    Latencies beside,
    LoadResult load,
    @JsonProperty("load_alone") LoadResult loadAlone) {

  /** The transactions a second beside the load, by those without. */
  double throughput() {
    return beside.perSecond() / alone.perSecond();
  }

  /** What 99 of 100 transactions took at most beside the load, by those without. */
  double tail() {
    return beside.p99() / alone.p99();
  }

  /** The load's wall time beside transactions, by that without. */
  double slowdown() {
    return load.wall() / loadAlone.wall();
  }

  boolean valid() {
    return load.valid() && loadAlone.valid();
  }
}
