package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadParity;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Source;
import java.io.Serializable;
import java.util.List;

/**
 * The load of one table, as tasks know it: references to secrets, never secrets.
 *
 * @param loader of the plain table, which is there
 * @param layout what it was when the job was planned
 * @param begin where the table stood then
 * @param entry what the manifest says of it
 * @param relation what the database said of the table there when the job was planned
 * @param query what to read, in the order of the plain table's columns
 * @param step which rows these are, and what becomes of those there are
 * @param runId the run
 * @param splitBytes how many bytes of the database a split has at most
 */
record TableLoad(
    TableLoader loader,
    LayoutGuard layout,
    Load.Begin begin,
    LoadEntry entry,
    SourceTable relation,
    SourceQuery query,
    LoadStep step,
    String runId,
    long splitBytes)
    implements Serializable {

  /** Returns the table's name. */
  String name() {
    return loader.table();
  }

  Source.Database source() {
    return entry.source();
  }

  TableCut cut() {
    return new TableCut(entry, splitBytes);
  }

  /**
   * Chooses how the table is read. A part of its rows is read as one, as its source may have an
   * index for it.
   */
  Reading reading(int parallelism) {
    return step.isPart() ? Reading.WHOLE : cut().reading(relation, parallelism);
  }

  /** Returns about how many rows it reads; 0 where nobody knows. */
  long expectedRows() {
    return step.isPart() ? 0 : Math.max(0, relation.estimatedRows());
  }

  /** Names the source, for people. */
  String origin() {
    return origin(entry);
  }

  static String origin(LoadEntry entry) {
    return entry.source().name() + " " + entry.relation();
  }

  /** Returns what was found equal, where of some columns only the values were counted. */
  LoadParity parity(List<String> counted) {
    return entry.parity() == Parity.ROWS
        ? LoadParity.ROWS
        : new LoadParity(query.columns().size() - counted.size(), counted);
  }

  /**
   * Describes the source as a session sees it, and keeps it so while the session is open.
   *
   * @throws InvalidRequestException if its columns are others than when the job was planned
   * @throws UnavailableException if it sees less than was seen then
   */
  SourceTable hold(SourceSession session) {
    SourceTable now = session.hold(entry.relation());
    String mark = step.mark();
    if (mark != null && !session.sees(mark)) {
      throw new UnavailableException(
          "Cannot load %s: the server of %s that answered lacks transactions which another one had when the load was planned. Name one server as the source, or start again"
              .formatted(name(), source()));
    }
    if (!now.hasColumnsOf(relation)) {
      throw new InvalidRequestException(
          "Cannot load %s: the columns of %s changed since the load was planned. Start it again"
              .formatted(name(), origin()));
    }
    return now;
  }
}
