package io.tidemark.batch.internal.postgres;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Has the database say whether it would run a query: whether conditions and expressions are right
 * and the role may read what they name. It reads no row, and does not wait for locks for long.
 */
final class CopyCheck {

  private CopyCheck() {}

  /**
   * Checks the query of a range, and leaves the session's transaction as it was.
   *
   * @throws io.tidemark.catalog.LakeException if the database refuses it, or the connection fails
   */
  static void run(Session session, CopyQuery query, CopyRange range) {
    try {
      execute(session, "SAVEPOINT check_of_query");
      try {
        execute(session, Session.SHORT_WAIT);
        execute(session, "EXPLAIN " + query.select(range));
      } finally {
        execute(session, "ROLLBACK TO SAVEPOINT check_of_query");
      }
    } catch (SQLException e) {
      throw session.failure("read %s of".formatted(query), e);
    }
  }

  private static void execute(Session session, String sql) throws SQLException {
    try (Statement statement = session.statement()) {
      statement.execute(sql);
    }
  }
}
