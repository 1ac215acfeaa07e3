package io.tidemark.benchmarks.beside;

import io.tidemark.benchmarks.source.SourceDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of TPC-B, as pgbench has them.
 *
 * @param source the database, a PostgreSQL
 * @param branches how many branches there are, with 10 tellers and 100,000 accounts each
 */
record Bank(SourceDatabase source, int branches) {
  static final int TELLERS = 10;
  static final int ACCOUNTS = 100_000;

  private static final String CREATE =
      """
      CREATE TABLE branch (id int PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 20);
      CREATE TABLE teller (id int PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 20);
      CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL, filler char(84));
      CREATE TABLE history (account int, teller int, branch int, delta int, at timestamp);
      INSERT INTO branch SELECT i, 0 FROM generate_series(0, %1$d - 1) i;
      INSERT INTO teller SELECT i, 0 FROM generate_series(0, %1$d * 10 - 1) i;
      INSERT INTO account SELECT i, 0, '' FROM generate_series(0, %1$d * 100000 - 1) i
      """;

  static Bank create(SourceDatabase source, int branches) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE.formatted(branches));
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    }
    return new Bank(source, branches);
  }

  /** Tells whether every transaction was done once and whole. */
  boolean balances(long transactions) throws SQLException {
    String sql =
        """
        SELECT count(*) = %d AND coalesce(sum(delta), 0) = (SELECT sum(balance) FROM account)
          AND coalesce(sum(delta), 0) = (SELECT sum(balance) FROM teller)
          AND coalesce(sum(delta), 0) = (SELECT sum(balance) FROM branch) FROM history
        """
            .formatted(transactions);
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }
}
