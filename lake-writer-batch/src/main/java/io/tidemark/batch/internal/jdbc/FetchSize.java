package io.tidemark.batch.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/**
 * How many rows a driver fetches at a time: few at first, then twice as many each time, as long as
 * rows as large as those of the fetch before come to some bytes only.
 */
final class FetchSize {

  static final int FIRST_ROWS = 100;
  private static final int MOST_ROWS = 10_000;

  /**
   * What a round trip is hardly felt in. In the heap it is several times as much, which should
   * still fit a processor's cache: each value is written there by the driver, and read soon after.
   */
  private static final long BYTES = 256 << 10;

  private int rows = FIRST_ROWS;
  private int left = FIRST_ROWS;
  private long bytes;

  /** Takes note of a part of the current row. */
  void add(int bytes) {
    this.bytes += bytes;
  }

  /** To be called before each row is fetched. */
  void next(ResultSet result) throws SQLException {
    if (left == 0) {
      adapt(result);
    }
    left--;
  }

  private void adapt(ResultSet result) throws SQLException {
    long fitting = BYTES * rows / Math.max(1, bytes);
    rows = (int) Math.max(1, Math.min(Math.min(MOST_ROWS, 2L * rows), fitting));
    left = rows;
    bytes = 0;
    try {
      result.setFetchSize(rows);
    } catch (SQLFeatureNotSupportedException e) {
      left = Integer.MAX_VALUE; // It is a hint, and this driver goes on as it began.
    }
  }
}
