package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.Source;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Tells what a caller can do about an SQL error, by its state. */
final class JdbcFailure {

  private static final String WRONG_CREDENTIALS = "28";
  private static final String CONNECTION = "08";

  /** Wrong data, catalog, schema or SQL; what trying again does not mend. */
  private static final List<String> INVALID = List.of("22", "3D", "3F", "42", "0A", "21", "44");

  /**
   * MariaDB's errors of no particular state that are about the statement, the table or the host.
   */
  private static final Set<Integer> WRONG_IN_MARIADB =
      Set.of(1130, 1267, 1270, 1271, 1356, 1449, 3685);

  /**
   * MariaDB's errors in the state of wrong statements that are about other connections of a user.
   */
  private static final Set<Integer> PASSING_IN_MARIADB = Set.of(1203, 1226, 1461);

  /** SQL Server's errors about locks and memory that others hold. */
  private static final Set<Integer> PASSING_IN_SQL_SERVER = Set.of(701, 802, 1222, 8645);

  private JdbcFailure() {}

  /**
   * Tells whether an error has no state, or one that says nothing: the driver of SQL Server makes
   * one of a number that each of its errors counts by itself.
   */
  static boolean tellsNothing(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.matches("S\\d{4}") && !PASSING_IN_SQL_SERVER.contains(e.getErrorCode());
  }

  /** Returns an exception that says what cannot be done, and why. */
  static LakeException of(String action, Source.Database source, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String message = "Cannot %s %s: %s".formatted(action, source, reason(state, e));
    boolean invalid =
        state.startsWith(WRONG_CREDENTIALS) || INVALID.stream().anyMatch(state::startsWith);
    if (source instanceof Source.MariaDb) {
      invalid |= WRONG_IN_MARIADB.contains(e.getErrorCode());
      invalid &= !PASSING_IN_MARIADB.contains(e.getErrorCode());
    }
    return invalid ? new InvalidRequestException(message, e) : new UnavailableException(message, e);
  }

  private static String reason(String state, SQLException e) {
    if (state.startsWith(WRONG_CREDENTIALS)) {
      return "it refuses the user or the password";
    }
    if (state.startsWith(CONNECTION)) {
      return "it cannot be reached (" + e.getMessage() + ")";
    }
    return String.valueOf(e.getMessage());
  }
}
