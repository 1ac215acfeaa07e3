package io.tidemark.benchmarks.limit;

import io.tidemark.benchmarks.measure.Meter;
import io.tidemark.benchmarks.measure.ServerCpu;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/** Reads a table by binary COPY to nowhere, on one connection or on several ranges of its pages. */
final class CopyLeg {
  private CopyLeg() {}

  static String name(int connections) {
    return "copy-" + connections;
  }

  /** Takes url, user, password, table, connections, passes and the server's process id. */
  public static void main(String[] args) throws Exception {
    int connections = Integer.parseInt(args[4]);
    ServerCpu server = new ServerCpu(Long.parseLong(args[6]));
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      open.add(DriverManager.getConnection(args[0], args[1], args[2]));
    }
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    for (int pass = 1; pass <= Integer.parseInt(args[5]); pass++) {
      Meter meter = new Meter(server);
      meter.start();
      copy(open, args[3], threads);
      meter.stop();
      LegPass.print(name(connections), pass, meter);
    }
    threads.shutdown();
    for (Connection connection : open) {
      connection.close();
    }
  }

  private static void copy(List<Connection> open, String table, ExecutorService threads)
      throws Exception {
    long pages = pages(open.get(0), table);
    List<Callable<Long>> ranges = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      String sql = sql(table, pages * i / open.size(), pages * (i + 1) / open.size());
      PGConnection connection = open.get(i).unwrap(PGConnection.class);
      ranges.add(() -> connection.getCopyAPI().copyOut(sql, OutputStream.nullOutputStream()));
    }
    for (Future<Long> range : threads.invokeAll(ranges)) {
      range.get();
    }
  }

  private static String sql(String table, long from, long to) {
    return """
        COPY (SELECT * FROM %s WHERE ctid >= '(%d,0)' AND ctid < '(%d,0)')
        TO STDOUT (FORMAT binary)"""
        .formatted(table, from, to);
  }

  private static long pages(Connection connection, String table) throws Exception {
    String sql =
        "SELECT pg_relation_size('%s') / current_setting('block_size')::bigint".formatted(table);
    try (ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
