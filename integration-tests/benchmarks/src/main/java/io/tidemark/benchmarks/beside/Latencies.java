package io.tidemark.benchmarks.beside;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What transactions took.
 *
 * @param transactions how many there were
 * @param perSecond how many a second, of all clients
 * @param median milliseconds
 * @param p95 milliseconds that 95 of 100 took at most
 * @param p99 likewise 99 of 100
 * @param most the longest
 */
record Latencies(
    long transactions,
    @JsonProperty("per_second") double perSecond,
    @JsonProperty("p50_ms") double median,
    @JsonProperty("p95_ms") double p95,
    @JsonProperty("p99_ms") double p99,
    @JsonProperty("max_ms") double most) {

  /** Takes what every transaction of each client took, and for how long they worked. */
  static Latencies of(List<long[]> nanos, double seconds) {
    long[] sorted = nanos.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("Cannot tell of latencies: no transaction was made");
    }
    return new Latencies(
        sorted.length,
        sorted.length / seconds,
        percentile(sorted, 0.50),
        percentile(sorted, 0.95),
        percentile(sorted, 0.99),
        percentile(sorted, 1));
  }

  private static double percentile(long[] sorted, double part) {
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)] / 1e6;
  }
}
