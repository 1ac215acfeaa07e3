package io.tidemark.catalog;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
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
   * types and the nulls that it lacks. Calling it again changes nothing.
   *
   * @param schema the source's columns; in a table that is there they are told by their names
   * @param spec the partitioning, over that schema
   * @param onDrift what to do about columns that the source lacks or whose values do not fit
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
                ? load(catalog, identifier).drift(schema, spec, onDrift).preview()
                : PlainCommits.creation(schema, spec));
  }

  private void evolve(Schema schema, PartitionSpec spec, OnDrift onDrift) {
    if (drift(schema, spec, onDrift).apply(table)) {
      table.refresh();
    }
  }

  private SchemaDrift drift(Schema schema, PartitionSpec spec, OnDrift onDrift) {
    PlainCommits.checkSpec(identifier.toString(), table, spec);
    SchemaDrift drift = SchemaDrift.of(table.schema(), schema);
    if (onDrift == OnDrift.FAIL && !drift.isAdditive()) {
      throw new InvalidRequestException(
          "Cannot load %s: %s. Change the source or the table, or load with on-drift: null. Nothing was changed."
              .formatted(identifier, drift.describe(table.schema())));
    }
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
   * Commits a load. The run that landed before changes nothing.
   *
   * @throws io.tidemark.catalog.commit.RefusedException if the table became a unified one; the
   *     files may be deleted
   * @throws io.tidemark.catalog.commit.CommitUnresolvedException if the outcome stayed unknown; the
   *     files must stay
   */
  public LoadResult commit(Load load) {
    return commits.commit(load);
  }

  /** What a load does about columns that the source lacks, or whose values no longer fit. */
  public enum OnDrift {
    /** It refuses, and says how the source differs. */
    FAIL,
    /** It leaves them null from then on. */
    NULL
  }
}
