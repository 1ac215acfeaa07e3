package io.tidemark.catalog.ledger;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.internal.DerivedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;

/**
 * What runs of loads did, those that failed included: a plain table {@code tidemark_runs} beside
 * the plain tables of a namespace, with a row per table and run, for any engine to query.
 *
 * <p>It is written at the end of a run and never read by the protocol: what a table holds is told
 * by its own snapshots. It bounds itself, at the {@value #RUNS_PER_TABLE} newest runs of each table
 * in one file; its own snapshots expire after a day. For one thread; several may record at a time.
 */
public final class RunHistory {

  /** The name of the table. */
  public static final String NAME = "tidemark_runs";

  /** How many runs of each table are kept. */
  public static final int RUNS_PER_TABLE = 30;

  private static final Comparator<PastRun> NEWEST_FIRST =
      Comparator.comparing(PastRun::ended).thenComparing(PastRun::begun).reversed();

  private static final Duration SNAPSHOT_AGE = Duration.ofDays(1);

  /** Nobody should wait for it as long as for rows. */
  private static final CommitTiming TIMING =
      new CommitTiming(
          Duration.ofSeconds(30), CommitTiming.DEFAULT.clock(), CommitTiming.DEFAULT.pause());

  private final Catalog catalog;
  private final TableIdentifier identifier;

  private RunHistory(Catalog catalog, TableIdentifier identifier) {
    this.catalog = catalog;
    this.identifier = identifier;
  }

  /** Returns the history of the tables of a namespace. Its own table is created when it is due. */
  public static RunHistory of(Catalog catalog, Namespace namespace) {
    return new RunHistory(catalog, TableIdentifier.of(namespace, NAME));
  }

  /** Adds what a run did to tables of the namespace, in one commit. */
  public void record(Collection<PastRun> runs) {
    Table table = RunsTable.loadOrCreate(catalog, identifier);
    new DerivedTable(table, TIMING)
        .replace(
            Expressions.alwaysTrue(),
            base -> Optional.of(List.of(RunsTable.write(base, merge(RunsTable.read(base), runs)))));
    table.refresh();
    long expired = Instant.now().minus(SNAPSHOT_AGE).toEpochMilli();
    table.expireSnapshots().expireOlderThan(expired).retainLast(1).commit();
  }

  /** Returns the newest run of each table, by the table's dotted name. */
  public Map<String, PastRun> newest() {
    Map<String, PastRun> newest = new TreeMap<>();
    runs().forEach(run -> newest.merge(run.table(), run, RunHistory::newer));
    return newest;
  }

  /** Returns all runs that are kept, in no order. */
  public List<PastRun> runs() {
    return catalog.tableExists(identifier)
        ? RunsTable.read(catalog.loadTable(identifier))
        : List.of();
  }

  private static PastRun newer(PastRun one, PastRun other) {
    return NEWEST_FIRST.compare(one, other) <= 0 ? one : other;
  }

  private static List<PastRun> merge(List<PastRun> before, Collection<PastRun> added) {
    List<PastRun> all = new ArrayList<>(added);
    all.addAll(before);
    return all.stream()
        .collect(Collectors.groupingBy(PastRun::table, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(ofTable -> ofTable.stream().sorted(NEWEST_FIRST).limit(RUNS_PER_TABLE))
        .toList();
  }
}
