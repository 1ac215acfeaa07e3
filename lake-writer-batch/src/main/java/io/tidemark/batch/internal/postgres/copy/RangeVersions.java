package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.postgres.Session;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which versions of rows a range holds. PostgreSQL never changes a row in place: a version is told
 * by where it is and which transaction wrote it, so that a range with the same versions in the same
 * columns holds the same values, and to know it, no value has to be read. It tells nothing of
 * changes to the table itself; {@link PostgresTable} does.
 *
 * @param cluster the database cluster and its timeline, for after a failover or a recovery to some
 *     point in time transactions have numbers that others had
 * @param rows how many there are
 * @param sum of the hashes of the versions
 */
public record RangeVersions(String cluster, long rows, BigDecimal sum) implements Serializable {

  private static final String VERSIONS =
      """
      SELECT (SELECT CAST(system_identifier AS text) FROM pg_control_system())
          || '/' || (SELECT CAST(timeline_id AS text) FROM pg_control_checkpoint()),
        count(*), coalesce(sum(hashtidextended(ctid, CAST(CAST(xmin AS text) AS int8))), 0)
      FROM %s AS %s%s""";

  /**
   * Looks at a range in the session's snapshot.
   *
   * @return nothing where rows have no versions: in views and foreign tables, and in a partitioned
   *     table that is read as one
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  public static Optional<RangeVersions> of(Session session, CopyQuery query, CopyRange range) {
    if (range.leaf().pages() == 0) {
      return Optional.empty();
    }
    String sql = VERSIONS.formatted(range.leaf().from(), query.alias(), query.where(range));
    try (PreparedStatement statement = session.prepare(sql);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return Optional.of(
          new RangeVersions(result.getString(1), result.getLong(2), result.getBigDecimal(3)));
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
