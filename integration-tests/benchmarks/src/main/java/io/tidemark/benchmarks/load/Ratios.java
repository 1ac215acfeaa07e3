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
 * T* that pays for cold code too. Loads that are not valid have no ratio.
 */
final class Ratios {
  private final Layout layout;
  private final List<LoadResult> own;
  private final Map<String, Spread> spreads = new LinkedHashMap<>();

  Ratios(Layout layout, List<LoadResult> loads, List<LimitResult> limits) {
    this.layout = layout;
    this.own = valid(TidemarkSubject.NAME, loads);
    for (String peer : List.of(SparkSubject.NAME, FlinkSqlSubject.NAME)) {
      List<LoadResult> others = valid(peer, loads);
      add("vs_" + peer, others, LoadResult::run, (ours, peers) -> peers.wall() / ours.wall());
      add("cpu_vs_" + peer, others, LoadResult::run, (ours, peers) -> ours.cpu() / peers.cpu());
    }
    List<LimitResult> ofTable =
        limits.stream().filter(limit -> limit.table().equals(layout.table().tableName())).toList();
    add("of_limit", ofTable, LimitResult::run, (ours, limit) -> limit.warm() / ours.wall());
    add("of_limit_cold", ofTable, LimitResult::run, (ours, limit) -> limit.cold() / ours.wall());
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
      String name, List<T> others, ToIntFunction<T> run, ToDoubleBiFunction<LoadResult, T> ratio) {
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
