package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.Source;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;

/** Tells what a caller can do about an SQL error, by its state. */
final class SqlFailure {

  private static final String WRONG_CREDENTIALS = "28";
  private static final String CONNECTION = "08";
  private static final String LOCKED = "55P03";

  /**
   * Wrong data, database, schema or SQL, what a function raises or may not do while it is read, a
   * view without its data, too much of something: what trying again does not mend.
   */
  private static final List<String> INVALID =
      List.of(
          "0A", "21", "22", "25006", "2F", "38", "39", "3D", "3F", "42", "44", "54", "55000", "P0");

  private SqlFailure() {}

  /** Returns an exception that says what cannot be done, and why. */
  static LakeException of(String action, Source.Postgres source, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String message = "Cannot %s %s: %s".formatted(action, source, reason(state, e));
    boolean invalid =
        state.startsWith(WRONG_CREDENTIALS) || INVALID.stream().anyMatch(state::startsWith);
    return invalid ? new InvalidRequestException(message, e) : new UnavailableException(message, e);
  }

  /** Returns an exception for what may go well another time, whatever the database says of it. */
  static UnavailableException passing(String action, Source.Postgres source, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return new UnavailableException(
        "Cannot %s %s: %s".formatted(action, source, reason(state, e)), e);
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
