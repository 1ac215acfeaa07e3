package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.Source;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The version of a server.
 *
 * @param major its first number, such as 17
 * @param text all of it, such as 17.7
 */
record ServerVersion(int major, String text) {

  /** The oldest whose catalog has all that is asked of it. */
  private static final int OLDEST = 14;

  /** Returns what a server said when the session was opened. */
  static ServerVersion of(Session session) {
    try (Statement statement = session.statement()) {
      DatabaseMetaData server = statement.getConnection().getMetaData();
      return new ServerVersion(
          server.getDatabaseMajorVersion(), server.getDatabaseProductVersion());
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /**
   * Checks that tables of the server can be read.
   *
   * @throws InvalidRequestException if it is too old
   */
  void check(Source.Postgres source) {
    if (major < OLDEST) {
      throw new InvalidRequestException(
          "Cannot read from %s: it is PostgreSQL %s, and has to be %d or later. Upgrade it, or name it as a source of type jdbc"
              .formatted(source, text, OLDEST));
    }
  }
}
