package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.benchmarks.measure.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param name of the case
 * @param rows of the table
 * @param base the case that it is compared with
 * @param wall seconds, likewise start-up included
 * @param cpu seconds of the process and of the database
 * @param peakRss megabytes
 * @param perRow wall time per row, by the base's in the same run; null where a load is not valid
 * @param valid whether every load of it was
 */
record CaseResult(
    String name,
    long rows,
    String base,
    @JsonProperty("wall_s") Spread wall,
    @JsonProperty("cpu_s") Spread cpu,
    @JsonProperty("peak_rss_mb") Spread peakRss,
    @JsonProperty("wall_per_row_by_base") @Nullable Spread perRow,
    boolean valid) {

  /**
   * Takes the loads of a case and of its base, run by run, with the rows of each.
   *
   * @param rowsOfBase how many rows the base has
   */
  static CaseResult of(
      LoadCase of, List<LoadResult> loads, List<LoadResult> ofBase, long rowsOfBase) {
    boolean valid = loads.stream().allMatch(LoadResult::valid);
    double scale = (double) rowsOfBase / of.rows();
    Spread ratio =
        Spread.of(
            loads.stream()
                .map(load -> scale * load.wall() / ofBase.get(load.run() - 1).wall())
                .toList());
    return new CaseResult(
        of.name(),
        of.rows(),
        of.base(),
        spread(loads, LoadResult::wall),
        spread(loads, LoadResult::cpu),
        spread(loads, LoadResult::peakRss),
        valid ? ratio : null,
        valid);
  }

  private static Spread spread(List<LoadResult> loads, ToDoubleFunction<LoadResult> figure) {
    return Spread.of(loads.stream().map(figure::applyAsDouble).toList());
  }
}
