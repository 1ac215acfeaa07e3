package io.tidemark.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcClientPool;

/**
 * A pool that runs every statement once. Iceberg's own runs the swap of a commit again after a lost
 * connection; where the first had landed, the second says conflict for a commit that is in the
 * table. A connection that died while it was idle is replaced before a statement is run on it.
 */
final class SingleAttemptPool extends JdbcClientPool {

  private static final int ALIVE_SECONDS = 5;

  SingleAttemptPool(String url, Map<String, String> properties) {
    super(url, properties);
  }

  @Override
  public <R> R run(Action<R, Connection, SQLException> action)
      throws SQLException, InterruptedException {
    return run(action, false);
  }

  @Override
  public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
      throws SQLException, InterruptedException {
    super.run(SingleAttemptPool::requireAlive, true);
    return super.run(action, false);
  }

  /** Its exception is one that the pool connects again for. */
  private static Void requireAlive(Connection connection) throws SQLException {
    if (!connection.isValid(ALIVE_SECONDS)) {
      throw new SQLTransientConnectionException(
          "The connection to the catalog's database was lost, and another attempt failed");
    }
    return null;
  }
}
