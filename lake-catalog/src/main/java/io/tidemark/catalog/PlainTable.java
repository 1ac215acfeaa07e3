package io.tidemark.catalog;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.PastLoad;
import io.tidemark.catalog.internal.PlainCommits;
import io.tidemark.catalog.internal.SchemaDrift;
import io.tidemark.catalog.internal.TableCreation;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The handle through which loads commit to a table that has no contract: one owner, no windows.
 *
 * <p>A handle is for one thread. It shares the catalog it was loaded from and holds nothing that
 * wants closing. Every commit reads the table anew.
 */
public final class PlainTable {

  private final TableIdentifier identifier;
  private final Table table;
  private final PlainCommits commits;

  private PlainTable(TableIdentifier identifier, Table table, CommitTiming timing) {
    this.identifier = identifier;
    this.table = table;
    this.commits = new PlainCommits(identifier.toString(), table, timing);
  }

  /**
   * Loads a table.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none
   * @throws InvalidRequestException if it is a unified table, or its store refuses the credentials
   */
  public static PlainTable load(Catalog catalog, TableIdentifier identifier) {
    return StoreAccess.call(
        identifier,
        () -> {
          Table table = catalog.loadTable(identifier);
          StoreAccess.check(table);
          PlainCommits.checkPlain(identifier.toString(), table);
          return new PlainTable(identifier, table, CommitTiming.DEFAULT);
        });
  }

  /**
   * Creates a table with the columns of a source, or gives the one there is the columns, the wider
   * types and the nulls that it lacks, unless drift is ignored. Calling it again changes nothing.
   *
   * @param schema the source's columns; in a table that is there they are told by their names
   * @param spec the partitioning, over that schema
   * @param onDrift what to do where the columns of the table there is differ
   * @throws InvalidRequestException if the table exists and differs in what cannot be applied, and
   *     the message spells out how, or if its store refuses the credentials
   */
  public static PlainTable createOrEvolve(
      Catalog catalog,
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      OnDrift onDrift) {
    return StoreAccess.call(
        identifier,
        () -> {
          new TableCreation(catalog).plain(identifier, schema, spec);
          PlainTable plain = load(catalog, identifier);
          plain.evolve(schema, spec, onDrift);
          return plain;
        });
  }

  /**
   * Tells what {@link #createOrEvolve} would do to a table, for people, and changes nothing.
   *
   * @throws InvalidRequestException where it would refuse
   */
  public static String preview(
      Catalog catalog,
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      OnDrift onDrift) {
    return StoreAccess.call(
        identifier,
        () ->
            catalog.tableExists(identifier)
                ? load(catalog, identifier).preview(schema, spec, onDrift)
                : PlainCommits.creation(schema, spec));
  }

  /**
   * Returns the columns that {@link #createOrEvolve} would leave the table with, whatever it would
   * refuse, and changes nothing.
   */
  public Schema evolved(Schema schema, OnDrift onDrift) {
    return SchemaDrift.of(table.schema(), schema, onDrift).applied(table);
  }

  private void evolve(Schema schema, PartitionSpec spec, OnDrift onDrift) {
    if (drift(schema, spec, onDrift).apply(table)) {
      table.refresh();
    }
  }

  private String preview(Schema schema, PartitionSpec spec, OnDrift onDrift) {
    return drift(schema, spec, onDrift).preview(table.schema());
  }

  private SchemaDrift drift(Schema schema, PartitionSpec spec, OnDrift onDrift) {
    PlainCommits.checkSpec(identifier.toString(), table, spec);
    SchemaDrift drift = SchemaDrift.of(table.schema(), schema, onDrift);
    drift
        .refusal(table.schema())
        .ifPresent(
            reason -> {
              throw new InvalidRequestException(
                  "Cannot load %s: %s. Nothing was changed.".formatted(identifier, reason));
            });
    return drift;
  }

  /** Returns the table's identifier. */
  public TableIdentifier identifier() {
    return identifier;
  }

  /** Returns Iceberg's table. */
  public Table table() {
    return table;
  }

  /** Returns what became of a run, if its load is part of main as far back as it is retained. */
  public Optional<LoadResult> find(String runId) {
    return commits.find(runId);
  }

  /** Returns the newest load that is part of main, as far back as main is retained. */
  public Optional<PastLoad> lastLoad() {
    return commits.lastLoad();
  }

  /**
   * Returns what the table says of its loads that go on from each other, where there are any.
   *
   * @throws io.tidemark.catalog.commit.HistoryRewrittenException if the snapshot that wrote it is
   *     no longer part of main
   */
  public Optional<LoadState> state() {
    return commits.state();
  }

  /**
   * Commits a load. The run that landed before changes nothing.
   *
   * @throws io.tidemark.catalog.commit.RefusedException if the table became a unified one, or
   *     another load landed since this one was planned; the files may be deleted
   * @throws io.tidemark.catalog.commit.HistoryRewrittenException if the load goes on from one that
   *     is no longer part of main
   * @throws io.tidemark.catalog.commit.CommitUnresolvedException if the outcome stayed unknown; the
   *     files must stay
   */
  public LoadResult commit(Load load) {
    return commits.commit(load);
  }

  /**
   * What a load does where the columns of the source are not those of the table any more. New
   * columns and wider types are no difference that matters, but for {@link #IGNORE}.
   */
  public enum OnDrift {
    /**
     * It refuses columns that the source lacks or whose type the table's does not hold, and says
     * how the source differs.
     */
    FAIL,
    /**
     * It leaves the table as it is. New columns are not loaded; those that the source lacks, or
     * whose values the table's type does not hold, are null from then on. It refuses where the
     * table does not let a column be null.
     */
    IGNORE,
    /** It leaves such columns null from then on, in whatever column of the table. */
    NULL
  }
}
