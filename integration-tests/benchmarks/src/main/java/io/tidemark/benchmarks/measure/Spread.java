package io.tidemark.benchmarks.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;

/**
 * Several measurements of one thing.
 *
 * @param median the middle one, or the mean of the middle two
 * @param least the smallest
 * @param greatest the largest
 */
public record Spread(
    double median, @JsonProperty("min") double least, @JsonProperty("max") double greatest) {

  /** Takes at least one value. */
  public static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
