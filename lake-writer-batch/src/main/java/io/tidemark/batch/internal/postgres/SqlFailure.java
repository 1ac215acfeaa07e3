package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.Source;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** Tells what a caller can do about an SQL error, by its state. */
final class SqlFailure {

  private static final String WRONG_CREDENTIALS = "28";
  private static final String NO_SUCH_DATABASE = "3D";
  private static final String WRONG_DATA = "22";
  private static final String WRONG_SQL = "42";
  private static final String CONNECTION = "08";
  private static final String LOCKED = "55P03";

  private SqlFailure() {}

  /** Returns an exception that says what cannot be done, and why. */
  static LakeException of(String action, Source.Postgres source, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String message = "Cannot %s %s: %s".formatted(action, source, reason(state, e));
    boolean invalid =
        state.startsWith(WRONG_CREDENTIALS)
            || state.startsWith(NO_SUCH_DATABASE)
            || state.startsWith(WRONG_DATA)
            || state.startsWith(WRONG_SQL);
    return invalid ? new InvalidRequestException(message, e) : new UnavailableException(message, e);
  }

  private static String reason(String state, SQLException e) {
    if (state.startsWith(WRONG_CREDENTIALS)) {
      return "it refuses the user or the password";
    }
    if (state.startsWith(CONNECTION)) {
      return "it cannot be reached (" + message(e) + ")";
    }
    if (state.equals(LOCKED)) {
      return "somebody locks what is read, or waits to truncate, alter or drop it ("
          + message(e)
          + ")";
    }
    return message(e);
  }

  private static String message(SQLException e) {
    if (e instanceof PSQLException server
        && server.getServerErrorMessage() != null
        && server.getServerErrorMessage().getMessage() != null) {
      return server.getServerErrorMessage().getMessage();
    }
    return String.valueOf(e.getMessage());
  }
}
