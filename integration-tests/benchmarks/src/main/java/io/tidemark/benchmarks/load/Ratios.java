package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tidemark.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToIntFunction;

/**
 * How Tidemark compares on one layout: the ratio within each run, then the median of the runs.
 *
 * <p>{@code vs_X} is X's wall time by Tidemark's, {@code cpu_vs_X} Tidemark's CPU, client and
 * server, by X's, {@code of_limit} T* by Tidemark's wall time, {@code of_limit_cold} the same of a
 * T* that pays for cold code too. With {@code jdbc_} before it a ratio is of the general path, with
 * {@code ranges_} of a load without a shared snapshot, and {@code ablation_X} is the wall time
 * without that part of Tidemark by the one with it. Loads that are not valid have no ratio.
 */
final class Ratios {
  private final Layout layout;
  private final Map<String, Spread> spreads = new LinkedHashMap<>();

  Ratios(Layout layout, List<LoadResult> loads, List<LimitResult> limits) {
    this.layout = layout;
    List<LoadResult> own = valid(Variant.TIDEMARK.subject(), loads);
    addPeers("", own, loads);
    List<LimitResult> ofTable =
        limits.stream().filter(limit -> limit.table().equals(layout.table().tableName())).toList();
    add("of_limit", own, ofTable, LimitResult::run, (ours, limit) -> limit.warm() / ours.wall());
    add(
        "of_limit_cold",
        own,
        ofTable,
        LimitResult::run,
        (ours, limit) -> limit.cold() / ours.wall());
    addPeers("jdbc_", valid(Variant.TIDEMARK_JDBC.subject(), loads), loads);
    addPeers("ranges_", valid(Variant.TIDEMARK_RANGES.subject(), loads), loads);
    for (Variant without : Variant.ABLATIONS) {
      List<LoadResult> others = valid(without.subject(), loads);
      String name = "ablation_" + without.subject();
      add(name, own, others, LoadResult::run, (ours, other) -> other.wall() / ours.wall());
    }
  }

  private void addPeers(String prefix, List<LoadResult> own, List<LoadResult> loads) {
    for (String peer : List.of(SparkSubject.NAME, FlinkSqlSubject.NAME)) {
      List<LoadResult> others = valid(peer, loads);
      add(
          prefix + "vs_" + peer,
          own,
          others,
          LoadResult::run,
          (ours, peers) -> peers.wall() / ours.wall());
      add(
          prefix + "cpu_vs_" + peer,
          own,
          others,
          LoadResult::run,
          (ours, peers) -> ours.cpu() / peers.cpu());
    }
  }

  Layout layout() {
    return layout;
  }

  /** The ratios that there are, by name. */
  Map<String, Spread> spreads() {
    return spreads;
  }

  @JsonValue
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", layout.table().tableName());
    json.put("partitioned", layout.partitioned());
    spreads.forEach((name, spread) -> json.put(name, spread.median()));
    json.put("spread", spreads);
    return json;
  }

  private List<LoadResult> valid(String subject, List<LoadResult> loads) {
    return loads.stream()
        .filter(load -> load.isOf(layout) && load.valid() && load.subject().equals(subject))
        .toList();
  }

  private <T> void add(
      String name,
      List<LoadResult> own,
      List<T> others,
      ToIntFunction<T> run,
      ToDoubleBiFunction<LoadResult, T> ratio) {
    List<Double> values = new ArrayList<>();
    for (LoadResult ours : own) {
      others.stream()
          .filter(other -> run.applyAsInt(other) == ours.run())
          .forEach(other -> values.add(ratio.applyAsDouble(ours, other)));
    }
    if (!values.isEmpty()) {
      spreads.put(name, Spread.of(values));
    }
  }
}
