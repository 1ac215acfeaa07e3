package io.tidemark.batch.internal.source;

import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One connection to a database with one read-only transaction, which sees one snapshot until it is
 * closed. For one thread; {@link #cancel()} may come from any.
 *
 * <p>All methods throw {@link io.tidemark.catalog.InvalidRequestException} for what must be mended
 * in the manifest or the database, {@link io.tidemark.catalog.UnavailableException} where trying
 * again may help, and other {@link io.tidemark.catalog.LakeException}s.
 */
public interface SourceSession extends AutoCloseable {

  /** Returns the tables there are, partitioned ones as one, in the order of their names. */
  List<Relation> tables();

  /** Describes a table or view as it is in the session's snapshot. */
  SourceTable describe(Relation relation);

  /**
   * Describes a table, and keeps it from being altered or emptied behind the snapshot's back while
   * the session is open, as far as the database can.
   */
  SourceTable hold(Relation relation);

  /** Has the database say whether it would run a query of a table, and reads no row. */
  void check(SourceTable table, SourceQuery query);

  /**
   * Cuts a table into ranges that together hold every row once, whatever rows there are by the time
   * they are read.
   *
   * @param beside ranges of the table that are left out; they do not overlap
   * @param targetBytes about how many bytes of the database a range should hold at most
   * @param readers how many there will be; each should get something to read
   */
  List<SourceRange> cut(SourceTable table, List<SourceRange> beside, long targetBytes, int readers);

  /** Begins to read a range; the session does nothing else until the rows are closed. */
  SourceRows read(SourceQuery query, SourceRange range);

  /** Counts the rows of a range. */
  long count(SourceQuery query, SourceRange range);

  /**
   * Adds up the rows of a range, as {@link SourceQuery#sums} does from vectors.
   *
   * @param counted the columns whose sum is of no use, and 0
   */
  RangeChecksum checksum(SourceQuery query, SourceRange range, Set<String> counted);

  /**
   * Proves that a range has the very rows it had before.
   *
   * @param rows how many it had
   * @param proof what {@link SourceRows#proof()} said then
   * @return false where they differ, or where nothing can be proven
   */
  boolean isUnchanged(SourceQuery query, SourceRange range, long rows, String proof);

  /** Describes what a query brings as if it were a table; an equal name twice is a bad request. */
  SourceTable describe(EdgeQuery query);

  /**
   * Cuts what a query brings into ranges of one column that together hold every row once, nulls
   * included.
   *
   * @param table what the session says of the query
   * @param edges where to cut, as moments, where the column is one; empty to have the database find
   *     edges
   * @param parts how many ranges there should be; where the database or the column allows no more,
   *     there is one
   */
  List<SourceRange> slices(
      EdgeQuery query, SourceTable table, SourceColumn by, List<Instant> edges, int parts);

  /** Returns the session's snapshot for others to join; nothing where the database cannot. */
  Optional<SharedSnapshot> share();

  /**
   * Sees what another session sees, which is open still, and keeps ranges from being altered or
   * emptied; call it before anything is read.
   */
  void join(SharedSnapshot snapshot, List<SourceRange> ranges);

  /**
   * Returns what time it is in the database of a table, or was when the transaction began; where
   * that does not tell the zone of its clock, what time it is here.
   */
  Instant now(SourceTable table);

  /**
   * Returns the largest value of a column; nothing where there is none.
   *
   * @param filter a condition in the database's SQL; empty for all rows
   * @param type what the value is had as
   */
  <T> Optional<T> newest(SourceTable table, SourceColumn column, String filter, Class<T> type);

  /** Tells where the session's snapshot stands; nothing where rows do not say who wrote them. */
  default Optional<TransactionMark> transactions(SourceTable table) {
    return Optional.empty();
  }

  /**
   * Returns the condition on the rows of a table that were written since an earlier snapshot.
   *
   * @param mark what {@link TransactionMark#text()} said of that
   * @return nothing where this snapshot cannot be compared with it
   */
  default Optional<String> writtenSince(SourceTable table, String mark) {
    return Optional.empty();
  }

  /**
   * Tells whether the session's snapshot sees all transactions that were over in another one.
   *
   * @param mark what {@link TransactionMark#text()} said of that
   */
  default boolean sees(String mark) {
    return true;
  }

  /**
   * Checks that what was read is what the snapshot has: some databases have a table that was
   * truncated be empty in all snapshots.
   *
   * @throws io.tidemark.catalog.UnavailableException if it is not
   */
  default void checkRead() {}

  /** Stops what is being read, so that nobody waits for a slow query. */
  void cancel();

  @Override
  void close();
}
