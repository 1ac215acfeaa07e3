package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.PastLoad;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;

/** The commits of one plain table. */
public final class PlainCommits {

  private final String name;
  private final TableOperations operations;
  private final CommitTiming timing;

  public PlainCommits(String name, Table table, CommitTiming timing) {
    this.name = name;
    this.operations = ((BaseTable) table).operations();
    this.timing = timing;
  }

  /**
   * Checks that a table has no contract.
   *
   * @throws InvalidRequestException if it has one
   */
  public static void checkPlain(String name, Table table) {
    if (table.properties().containsKey(Keys.CONTRACT)) {
      throw new InvalidRequestException(
          "Cannot load %s: it is a unified table, whose windows are sealed".formatted(name));
    }
  }

  /**
   * Checks that a table is partitioned as asked for.
   *
   * @throws InvalidRequestException if it is not
   */
  public static void checkSpec(String name, Table table, PartitionSpec asked) {
    String there = describe(table.spec());
    if (!there.equals(describe(asked))) {
      throw new InvalidRequestException(
          "Cannot load %s: it is partitioned by %s, not by %s. Nothing was changed."
              .formatted(name, there, describe(asked)));
    }
  }

  /** Tells how a table would be created. */
  public static String creation(Schema schema, PartitionSpec spec) {
    String partitioned = spec.isUnpartitioned() ? "" : ", partitioned by " + describe(spec);
    return "missing: would be created with %d columns%s"
        .formatted(schema.columns().size(), partitioned);
  }

  private static String describe(PartitionSpec spec) {
    return spec.fields().stream()
        .filter(f -> !f.transform().isVoid())
        .map(f -> "%s(%s)".formatted(f.transform(), spec.schema().findColumnName(f.sourceId())))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** See {@link io.tidemark.catalog.PlainTable#find}. */
  public Optional<LoadResult> find(String runId) {
    return LoadIntent.before(base(), runId);
  }

  /** See {@link io.tidemark.catalog.PlainTable#lastLoad}. */
  public Optional<PastLoad> lastLoad() {
    return LoadIntent.loads(base()).findFirst().map(LoadIntent::past);
  }

  /** See {@link io.tidemark.catalog.PlainTable#state}. */
  public Optional<LoadState> state() {
    return new LoadGuards(base()).checkedState();
  }

  private Base base() {
    return new Base(name, operations, operations.refresh());
  }

  /** See {@link io.tidemark.catalog.PlainTable#commit}. */
  public LoadResult commit(Load load) {
    return new CommitLoop(name, operations, timing).commit(new LoadIntent(load));
  }
}
