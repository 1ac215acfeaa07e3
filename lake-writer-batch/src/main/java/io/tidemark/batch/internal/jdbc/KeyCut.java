package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceRange;
import java.sql.SQLException;
import java.util.List;

/** Cuts a table by its key into ranges that together hold every row once. */
final class KeyCut {

  /** What is worth a range of its own, where there are readers to spare. */
  private static final long SMALLEST = 4L << 20;

  /** Each range names all edges of its cut. */
  private static final long MOST = 512;

  private final JdbcConnection connection;
  private final JdbcTable table;

  KeyCut(JdbcConnection connection, JdbcTable table) {
    this.connection = connection;
    this.table = table;
  }

  /** Returns what the table has beside some ranges, which are all of one cut, or a new cut. */
  List<KeyRange> of(List<SourceRange> beside, long targetBytes, int readers) throws SQLException {
    if (beside.isEmpty()) {
      int parts = parts(targetBytes, readers);
      boolean divisible = parts > 1 && table.key() != null && table.key().ordered();
      return KeyRange.all(
          table, divisible ? table.dialect().edges(connection, table, parts) : List.of());
    }
    KeyRange one = (KeyRange) beside.get(0);
    return KeyRange.all(table, one.edges()).stream()
        .filter(range -> beside.stream().noneMatch(range::overlaps))
        .toList();
  }

  private int parts(long targetBytes, int readers) {
    long share = Math.max(SMALLEST, table.bytes() / readers);
    long bytes = Math.max(1, Math.min(targetBytes, share));
    return (int) Math.min(MOST, (table.bytes() + bytes - 1) / bytes);
  }
}
