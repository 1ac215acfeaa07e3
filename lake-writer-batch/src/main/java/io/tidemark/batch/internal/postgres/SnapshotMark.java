package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.TransactionMark;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.iceberg.util.JsonUtil;

/**
 * Where a snapshot stands among the transactions of its database, so that a later snapshot can tell
 * what has changed since.
 *
 * <p>PostgreSQL never changes a row in place: every version of a row carries the transaction that
 * wrote it. Where a range has as many rows as before, all of them written by transactions that were
 * over before, it has the very same rows: none can have come, and so none has gone. No value has to
 * be read for it, and nothing is left to chance. It tells nothing of changes to the table itself;
 * {@link Leaf#identity()} does.
 *
 * @param database the cluster, its timeline and the database, as after a failover transactions have
 *     numbers that others had
 * @param labels what the labels of its enums come to, which are renamed without a row
 * @param oldest the oldest transaction that was not over; all before it were
 * @param next the transaction after the newest one
 * @param standby whether the server follows another one, maybe less far than a server before it
 */
record SnapshotMark(String database, String labels, long oldest, long next, boolean standby)
    implements Serializable {

  /** The numbers in rows have 32 bits: what is further apart cannot be told from what is near. */
  private static final long TELLABLE = 1L << 31;

  private static final String DATABASE = "database";
  private static final String LABELS = "enum-labels";
  private static final String OLDEST = "oldest-transaction";
  private static final String NEXT = "next-transaction";
  private static final String STANDBY = "standby";

  private static final String MAY_ASK =
      """
      SELECT has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE')
        AND has_function_privilege(to_regprocedure('pg_control_checkpoint()'), 'EXECUTE')""";

  private static final String MARK =
      """
      SELECT concat_ws('/',
          (SELECT system_identifier FROM pg_control_system()),
          CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
            ELSE CAST(CAST('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS bit(32)) AS int4)
          END,
          (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())),
        (SELECT concat(sum(hashtextextended(enumlabel, CAST(oid AS int8)))) FROM pg_catalog.pg_enum),
        CAST(CAST(pg_snapshot_xmin(s) AS text) AS int8),
        CAST(CAST(pg_snapshot_xmax(s) AS text) AS int8),
        pg_is_in_recovery()
      FROM pg_current_snapshot() AS s""";

  private static final String ROWS =
      """
      SELECT count(*), count(*) FILTER (WHERE
        CAST(? AS int8) - ((CAST(? AS int8) - CAST(CAST(xmin AS text) AS int8)) & 4294967295)
        < CAST(? AS int8))
      FROM %s%s""";

  /** Rows of so long ago that their number has come round again are written anew as well. */
  private static final String WRITTEN_SINCE =
      """
      ((SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS int8))
        - (((SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS int8))
          - CAST(CAST(xmin AS text) AS int8)) & 4294967295)) >= %d""";

  /** Returns the mark that {@link #text()} told of. */
  static SnapshotMark of(String text) {
    return JsonUtil.parse(
        text,
        json ->
            new SnapshotMark(
                JsonUtil.getString(DATABASE, json),
                JsonUtil.getString(LABELS, json),
                JsonUtil.getLong(OLDEST, json),
                JsonUtil.getLong(NEXT, json),
                JsonUtil.getBool(STANDBY, json)));
  }

  /** Returns all there is to tell of it, as JSON. */
  String text() {
    return JsonUtil.generate(
        json -> {
          json.writeStartObject();
          json.writeStringField(DATABASE, database);
          json.writeStringField(LABELS, labels);
          json.writeNumberField(OLDEST, oldest);
          json.writeNumberField(NEXT, next);
          json.writeBooleanField(STANDBY, standby);
          json.writeEndObject();
        },
        false);
  }

  /**
   * Looks where the session's snapshot stands.
   *
   * @return nothing where the role may not know
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  static Optional<SnapshotMark> of(Session session) {
    try (PreparedStatement allowed = session.prepare(MAY_ASK);
        ResultSet answer = allowed.executeQuery()) {
      return answer.next() && answer.getBoolean(1) ? Optional.of(read(session)) : Optional.empty();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static SnapshotMark read(Session session) throws SQLException {
    try (PreparedStatement statement = session.prepare(MARK);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return new SnapshotMark(
          result.getString(1),
          result.getString(2),
          result.getLong(3),
          result.getLong(4),
          result.getBoolean(5));
    }
  }

  /** Returns what a later load has to know of this snapshot. */
  TransactionMark transactions() {
    return new TransactionMark(Long.toString(oldest), text());
  }

  /**
   * Returns the condition on rows that were written by transactions which were not over in this
   * snapshot, in a snapshot that follows it. The session that reads counts from its own newest one.
   */
  String writtenSince() {
    return WRITTEN_SINCE.formatted(oldest);
  }

  /** Tells whether all transactions that were over in another snapshot are over in this one. */
  boolean sees(SnapshotMark other) {
    return database.equals(other.database) && oldest >= other.oldest;
  }

  /** Tells whether this snapshot surely sees whatever one before it saw. */
  boolean follows(SnapshotMark before) {
    return database.equals(before.database)
        && !isBehind(before)
        && next >= before.next
        && next - before.oldest < TELLABLE;
  }

  /**
   * Tells whether it is of a standby that will see in time what one before it saw: transactions of
   * then are still open there, or it follows the other server at a distance.
   */
  boolean isBehind(SnapshotMark before) {
    return database.equals(before.database) && standby && oldest < before.next;
  }

  /**
   * Tells whether a range has in this snapshot, which is the session's, the rows that it had in one
   * before.
   *
   * @param range of a leaf that has an {@link Leaf#identity()}, the same as before
   * @param rows how many rows it had, all of them
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  boolean isUnchanged(Session session, SnapshotMark before, CopyRange range, long rows) {
    if (!follows(before) || !labels.equals(before.labels)) {
      return false;
    }
    String sql = ROWS.formatted(range.leaf().from(), range.where());
    try (PreparedStatement statement = session.prepare(sql)) {
      statement.setLong(1, next);
      statement.setLong(2, next);
      statement.setLong(3, before.oldest);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1) == rows && result.getLong(2) == rows;
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
