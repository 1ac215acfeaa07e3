package io.tidemark.catalog.contract;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contract of a unified table. Immutable; equal contracts lay a table out the same way.
 *
 * @param period the period column
 * @param window how the time line is cut into windows
 * @param keys the key columns, at least one
 * @param measures the measures, at least one
 * @param layout how open windows are laid out
 * @param buckets into how many cells a window's partition is cut by {@code bucketKey}, at least 1
 * @param bucketKey the key that cells are cut by
 * @param late what becomes of late rows
 * @param coveredBy the column by which late rows are compared with a seal's cut, or null where
 *     every row of a closed window is late
 * @param businessDate the date column that the library fills in and partitions by, or null where
 *     the table is partitioned by a transform of the period
 * @param openHorizon how far behind the watermark an open window may lie before it is frozen and
 *     its rows are quarantined, or null for no limit
 * @param allowedSkew how far ahead of the wall clock a row's period may lie
 */
public record TableContract(
    Period period,
    WindowSpec window,
    List<Key> keys,
    List<Measure> measures,
    OpenLayout layout,
    int buckets,
    String bucketKey,
    LatePolicy late,
    @Nullable CoveredBy coveredBy,
    @Nullable String businessDate,
    @Nullable Duration openHorizon,
    Duration allowedSkew)
    implements Serializable {

  /** The column that tells which rows are sealed. */
  public static final String IS_FINAL = "is_final";

  /** The name of the business date column where a table needs one. */
  public static final String BUSINESS_DATE = "business_date";

  /** What the quarantine says of a row beside the row itself. */
  private static final Set<String> OF_THE_QUARANTINE =
      Set.of("quarantined_at", "reason", "commit_id");

  public TableContract {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
    check(!keys.isEmpty(), "it has no key");
    check(!measures.isEmpty(), "it has no measure");
    check(buckets >= 1, "cell buckets must be at least 1: " + buckets);
    checkColumns(period, keys, measures, businessDate);
    checkGrain(period, window);
    String key = bucketKey;
    check(
        keys.stream().anyMatch(k -> k.name().equals(key)),
        "bucket key %s is not one of its keys".formatted(bucketKey));
    checkOrdering(measures);
    if (businessDate != null) {
      check(window.unit() != WindowUnit.HOUR, "a business date cannot hold hour windows");
    }
  }

  /**
   * Starts a contract. Defaults: layout cells in one bucket, every late row to the quarantine, a
   * business date for day and month windows outside UTC, no open horizon, a skew of one day.
   */
  public static ContractBuilder builder() {
    return new ContractBuilder();
  }

  /** Returns the names of all columns of the table, in their order. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(sourceColumns());
    columns.add(IS_FINAL);
    if (businessDate != null) {
      columns.add(businessDate);
    }
    return List.copyOf(columns);
  }

  /** Returns the columns that a source brings: period, keys and measures, in their order. */
  public List<String> sourceColumns() {
    return Stream.of(
            Stream.of(period.column()),
            keys.stream().map(Key::name),
            measures.stream().map(Measure::name))
        .flatMap(names -> names)
        .toList();
  }

  /** Returns a measure by name. */
  public Optional<Measure> measure(String name) {
    return measures.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /**
   * Checks that rows can be compared with a cut, where the contract compares them.
   *
   * @throws InvalidRequestException if not
   */
  public void checkCut(@Nullable String cut) {
    if (cut != null && coveredBy != null) {
      coveredBy.position(cut);
    }
  }

  /** Returns the business date of a period in a window: a day's own date, or a month's day. */
  public LocalDate businessDateOf(Window holder, long periodMicros) {
    return window.unit() == WindowUnit.DAY
        ? LocalDate.ofInstant(holder.lo(), window.zone())
        : LocalDate.ofInstant(Window.instant(periodMicros), window.zone());
  }

  private static void checkColumns(
      Period period, List<Key> keys, List<Measure> measures, @Nullable String businessDate) {
    Set<String> names = new HashSet<>(Set.of(IS_FINAL));
    names.addAll(OF_THE_QUARANTINE);
    Stream.of(
            Stream.of(period.column()),
            keys.stream().map(Key::name),
            measures.stream().map(Measure::name),
            Stream.ofNullable(businessDate))
        .flatMap(column -> column)
        .forEach(
            name ->
                check(
                    names.add(name),
                    OF_THE_QUARANTINE.contains(name)
                        ? "column %s is one that the quarantine adds".formatted(name)
                        : "column %s is named twice".formatted(name)));
  }

  private static void checkGrain(Period period, WindowSpec window) {
    boolean fits =
        switch (window.unit()) {
          case HOUR -> period.grain().compareTo(Grain.HOUR) <= 0;
          case DAY -> period.grain().compareTo(Grain.DAY) <= 0;
          case MONTH -> true;
        };
    check(fits, "a %s window holds no whole %s".formatted(window.unit(), period.grain()));
  }

  private static void checkOrdering(List<Measure> measures) {
    for (Measure measure : measures) {
      if (measure.merge() instanceof Merge.Last last) {
        boolean ordered =
            measures.stream()
                .anyMatch(m -> m.name().equals(last.orderedBy()) && m.merge() instanceof Merge.Max);
        check(
            ordered,
            "measure %s takes the last by %s, which is no measure merged by max"
                .formatted(measure.name(), last.orderedBy()));
      }
    }
  }

  private static void check(boolean holds, String reason) {
    if (!holds) {
      throw new InvalidRequestException("Cannot form a contract: " + reason);
    }
  }
}
