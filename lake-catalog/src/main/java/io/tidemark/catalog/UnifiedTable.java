package io.tidemark.catalog;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.LateRows;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.internal.Commits;
import io.tidemark.catalog.internal.ExpiryGuard;
import io.tidemark.catalog.internal.StateCodec;
import io.tidemark.catalog.internal.TableCreation;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The handle through which both owners commit to a unified table.
 *
 * <p>A handle is for one thread. It shares the catalog it was loaded from and holds nothing that
 * wants closing. Every commit reads the table anew; {@link #state()} is what the last refresh saw.
 *
 * <p>Where the table was rolled back or replaced, every commit but {@link #repair()} ends with a
 * {@link io.tidemark.catalog.commit.HistoryRewrittenException}. Where the catalog refuses the
 * credentials, all of them end with a {@link io.tidemark.catalog.commit.CommitForbiddenException}.
 */
public final class UnifiedTable {

  private final TableIdentifier identifier;
  private final Table table;
  private final Table late;
  private final Table deadLetters;
  private final TableContract contract;
  private final CommitTiming timing;
  private final Commits commits;
  private Map<String, String> decoded = Map.of();
  private TableState state = TableState.NEW;

  private UnifiedTable(
      TableIdentifier identifier, Table table, Table late, Table deadLetters, CommitTiming timing) {
    this.identifier = identifier;
    this.table = table;
    this.late = late;
    this.deadLetters = deadLetters;
    this.contract = Commits.contract(table);
    this.timing = timing;
    this.commits = new Commits(identifier.toString(), table, contract, timing);
  }

  /** Returns the identifier of the table that late rows are quarantined in. */
  public static TableIdentifier lateOf(TableIdentifier table) {
    return TableIdentifier.of(table.namespace(), table.name() + "__late");
  }

  /** Returns the identifier of the table that unreadable events are kept in. */
  public static TableIdentifier deadLettersOf(TableIdentifier table) {
    return TableIdentifier.of(table.namespace(), table.name() + "__dead");
  }

  /**
   * Loads a table.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none
   * @throws InvalidRequestException if it has no contract, or one this version does not know, or
   *     its store refuses the credentials
   */
  public static UnifiedTable load(Catalog catalog, TableIdentifier identifier) {
    return StoreAccess.call(identifier, () -> loadAll(catalog, identifier));
  }

  private static UnifiedTable loadAll(Catalog catalog, TableIdentifier identifier) {
    Table main = catalog.loadTable(identifier);
    StoreAccess.check(main);
    return new UnifiedTable(
        identifier,
        main,
        catalog.loadTable(lateOf(identifier)),
        catalog.loadTable(deadLettersOf(identifier)),
        CommitTiming.DEFAULT);
  }

  /**
   * Creates a table and its side tables under a contract, or verifies that the table has it. New
   * measures are added; any other difference is refused. Calling it again changes nothing.
   *
   * @throws InvalidRequestException if the table exists and differs, and the message spells out
   *     how, or if its store refuses the credentials
   */
  public static UnifiedTable createOrVerify(
      Catalog catalog, TableIdentifier identifier, TableContract contract) {
    return StoreAccess.call(identifier, () -> createOrEvolve(catalog, identifier, contract));
  }

  private static UnifiedTable createOrEvolve(
      Catalog catalog, TableIdentifier identifier, TableContract contract) {
    TableCreation creation = new TableCreation(catalog);
    creation.main(identifier, contract);
    creation.sides(lateOf(identifier), deadLettersOf(identifier), contract);
    UnifiedTable unified = load(catalog, identifier);
    boolean evolved = unified.commits.evolve(contract);
    creation.evolveLate(unified.late, contract);
    return evolved ? load(catalog, identifier) : unified;
  }

  /** Returns this table with another timing of its commits; the default tries five minutes. */
  public UnifiedTable timing(CommitTiming commitTiming) {
    return new UnifiedTable(identifier, table, late, deadLetters, commitTiming);
  }

  /** Returns the table's identifier. */
  public TableIdentifier identifier() {
    return identifier;
  }

  /** Returns Iceberg's table. */
  public Table table() {
    return table;
  }

  /** Returns the quarantine, which has the source's columns and three of its own. */
  public Table late() {
    return late;
  }

  /** Returns the dead-letter table. */
  public Table deadLetters() {
    return deadLetters;
  }

  /** Returns the contract the table had when it was loaded. */
  public TableContract contract() {
    return contract;
  }

  /** Returns the state that the last refresh saw; asking again costs nothing. */
  public TableState state() {
    Map<String, String> properties = table.properties();
    if (properties != decoded) {
      state = StateCodec.decode(properties);
      decoded = properties;
    }
    return state;
  }

  /** Reads the table anew. */
  public UnifiedTable refresh() {
    table.refresh();
    return this;
  }

  /**
   * Commits a publish of a stream, once: an id that has landed before is a no-op. Files of windows
   * that closed meanwhile are left out and counted.
   *
   * @throws io.tidemark.catalog.commit.StreamFencedException if the stream's chain went on without
   *     the caller
   * @throws io.tidemark.catalog.commit.RefusedException if a guard refuses
   * @throws io.tidemark.catalog.commit.CommitUnresolvedException if the outcome stayed unknown
   */
  public PublishResult publish(Publish publish) {
    return commits.publish(publish, Optional.empty(), late, deadLetters);
  }

  /**
   * Commits a publish as {@link #publish(Publish)} does, for the {@code events} layout: event files
   * of windows that closed meanwhile are copied into the quarantine first.
   */
  public PublishResult publish(Publish publish, LateRows lateRows) {
    return commits.publish(publish, Optional.of(lateRows), late, deadLetters);
  }

  /**
   * Tells whether a publish landed, and plans nothing: for images recovered from a checkpoint,
   * which the next publish replaces. Its late rows and dead letters are committed all the same.
   * Where it did not land it cannot land any more: an attempt under way is made impossible first.
   *
   * @throws io.tidemark.catalog.commit.StreamFencedException if the stream's chain went on without
   *     the caller
   */
  public boolean hasLanded(Publish publish) {
    return commits.hasLanded(publish, late, deadLetters);
  }

  /**
   * Makes a run that has no state of its own the owner of a stream, by an empty commit that fences
   * every other run. Rows that runs before put aside without landing the publish they belong to are
   * taken out of the quarantine and the dead-letter table: their events lie behind the positions
   * returned, and are read again. Where it fails half-way, another take-over finishes it.
   *
   * @param commitId the random id of this take-over; the parent of the run's first publish
   * @return the token after it, with the watermark and positions the table is complete to
   */
  public StreamToken takeOver(String streamId, String commitId) {
    return commits.takeOver(streamId, commitId, late, deadLetters);
  }

  /**
   * Returns the token that {@link #takeOver} would go on from: the stream's own; or in the layout
   * {@code cells}, which has one owner, that of the stream that was retired last. Empty where a
   * stream begins anew.
   *
   * @throws io.tidemark.catalog.commit.RefusedException if another stream owns the cells
   */
  public Optional<StreamToken> predecessor(String streamId) {
    return commits.predecessor(streamId);
  }

  /**
   * Ends a stream for good, by an empty commit that fences every run of it. Seals and expiry wait
   * for it no longer; its rows stay. Where it is to write again, it starts with a take-over, from
   * the watermark and positions it ended at. Retiring it again changes nothing.
   *
   * @param silence how long the stream must have published nothing; {@code Duration.ZERO} ends it
   *     even if it is alive
   * @return its last token
   * @throws InvalidRequestException if no such stream ever published
   * @throws io.tidemark.catalog.commit.RefusedException if it published since
   */
  public StreamToken retire(String streamId, Duration silence) {
    return commits.retire(streamId, silence, late, deadLetters);
  }

  /**
   * Plans a seal of open windows, before the source is read.
   *
   * @throws InvalidRequestException if the range is not of whole windows, or before the origin
   * @throws io.tidemark.catalog.commit.RefusedException if a window is closed (and not by this run)
   *     or the stream's committed watermark has not passed it and that is not allowed
   */
  public SealPlan planSeal(String runId, Window range, Set<Seal.Allow> allowed) {
    return commits.planSeal(runId, range, allowed, late);
  }

  /** Plans a correction of closed windows; the same errors, refusing open windows instead. */
  public SealPlan planReseal(String runId, Window range) {
    return commits.planReseal(runId, range, late);
  }

  /**
   * Takes windows over in one commit. Sealing again under the same run id is a no-op.
   *
   * @throws InvalidRequestException if a file holds rows outside the windows
   * @throws io.tidemark.catalog.commit.RefusedException if a guard refuses
   * @throws io.tidemark.catalog.commit.CommitUnresolvedException if the outcome stayed unknown
   */
  public SealResult seal(Seal seal) {
    return commits.seal(seal);
  }

  /**
   * Commits a compaction of closed windows.
   *
   * @return the snapshot that holds it
   * @throws io.tidemark.catalog.commit.RefusedException if a window was resealed since its files
   *     were read, or its files are gone
   */
  public long rewrite(Rewrite rewrite) {
    return commits.rewrite(rewrite);
  }

  /**
   * Returns the instant before which no live writer and no state property needs a snapshot.
   *
   * @param flight how long a commit of any writer may take from its first file to its last answer
   */
  public Instant expirableBefore(Duration flight) {
    return ExpiryGuard.neededFrom(table, timing.clock().instant(), flight);
  }

  /**
   * Rebuilds the state from main's lineage after a rollback, a replace or a foreign write, and
   * lists the windows concerned as wanting a reseal. After a rollback or a replace every stream is
   * fenced and wants a take-over. A table in order is left as it is.
   */
  public RepairReport repair() {
    return commits.repair();
  }
}
