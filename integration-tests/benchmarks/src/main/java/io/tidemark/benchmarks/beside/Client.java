package io.tidemark.benchmarks.beside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** One client: TPC-B's transaction, as pgbench has it, over and over until it is told to stop. */
final class Client implements Callable<Void> {
  private static final String[] STATEMENTS = {
    "UPDATE account SET balance = balance + ? WHERE id = ?",
    "SELECT balance FROM account WHERE id = ?",
    "UPDATE teller SET balance = balance + ? WHERE id = ?",
    "UPDATE branch SET balance = balance + ? WHERE id = ?",
    "INSERT INTO history VALUES (?, ?, ?, ?, current_timestamp)"
  };

  private final Bank bank;
  private final SplittableRandom random;
  private volatile boolean stopped;
  private long[] nanos = new long[1024];
  private int transactions;

  Client(Bank bank, long seed) {
    this.bank = bank;
    this.random = new SplittableRandom(seed);
  }

  /** Has it end after the transaction that it makes. */
  void stop() {
    stopped = true;
  }

  /** How long each transaction took; once it has ended. */
  long[] nanos() {
    return Arrays.copyOf(nanos, transactions);
  }

  @Override
  public Void call() throws SQLException {
    PreparedStatement[] statements = new PreparedStatement[STATEMENTS.length];
    try (Connection connection = bank.source().connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < statements.length; i++) {
        statements[i] = connection.prepareStatement(STATEMENTS[i]);
      }
      while (!stopped) {
        long start = System.nanoTime();
        transact(statements);
        connection.commit();
        add(System.nanoTime() - start);
      }
    }
    return null;
  }

  private void transact(PreparedStatement[] statements) throws SQLException {
    int account = random.nextInt(bank.branches() * Bank.ACCOUNTS);
    int teller = random.nextInt(bank.branches() * Bank.TELLERS);
    int branch = teller / Bank.TELLERS;
    int delta = random.nextInt(-5_000, 5_001);
    execute(statements[0], delta, account);
    execute(statements[1], account);
    execute(statements[2], delta, teller);
    execute(statements[3], delta, branch);
    execute(statements[4], account, teller, branch, delta);
  }

  private static void execute(PreparedStatement statement, int... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setInt(i + 1, values[i]);
    }
    statement.execute();
  }

  private void add(long took) {
    if (transactions == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * nanos.length);
    }
    nanos[transactions++] = took;
  }
}
