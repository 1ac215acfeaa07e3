package io.tidemark.benchmarks.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** Writes batches as PostgreSQL's binary COPY format. */
final class BinaryCopy {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int DAYS_TO_2000 = 10_957;
  private static final long MICROS_TO_2000 = DAYS_TO_2000 * 86_400_000_000L;
  private static final int BASE = 10_000;
  private static final int FLUSH_AT = 1 << 16;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_AT);
  private long bytes;

  BinaryCopy(CopyIn copy) {
    this.copy = copy;
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  void write(ColumnBatch batch) throws SQLException {
    for (int row = 0; row < batch.rows(); row++) {
      buffer.putShort((short) batch.columns().size());
      for (int column = 0; column < batch.columns().size(); column++) {
        field(batch, column, row);
      }
      if (buffer.position() >= FLUSH_AT) {
        flush();
      }
    }
  }

  /** Ends the copy, and returns how many bytes it had. */
  long end() throws SQLException {
    buffer.putShort((short) -1);
    flush();
    copy.endCopy();
    return bytes;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    bytes += buffer.position();
    buffer.clear();
  }

  private void field(ColumnBatch batch, int column, int row) {
    switch (batch.columns().get(column).kind()) {
      case INT -> buffer.putInt(4).putInt((int) batch.numbers(column)[row]);
      case LONG -> buffer.putInt(8).putLong(batch.numbers(column)[row]);
      case DATE -> buffer.putInt(4).putInt((int) batch.numbers(column)[row] - DAYS_TO_2000);
      case TIMESTAMP -> buffer.putInt(8).putLong(batch.numbers(column)[row] - MICROS_TO_2000);
      case DECIMAL -> decimal(batch.numbers(column)[row]);
      case TEXT -> text(batch, column, row);
    }
  }

  private void text(ColumnBatch batch, int column, int row) {
    int start = batch.start(column, row);
    int length = batch.end(column, row) - start;
    buffer.putInt(length).put(batch.bytes(column), start, length);
  }

  /** Digits to the base of 10,000, of which two decimals fill half of one. */
  private void decimal(long cents) {
    long whole = cents / 100;
    short fraction = (short) (cents % 100 * 100);
    int wholeDigits = 0;
    for (long rest = whole; rest > 0; rest /= BASE) {
      wholeDigits++;
    }
    int digits = wholeDigits + (fraction == 0 ? 0 : 1);
    buffer.putInt(8 + 2 * digits).putShort((short) digits);
    buffer.putShort((short) (wholeDigits - 1)).putShort((short) 0).putShort((short) Column.SCALE);
    for (int digit = wholeDigits - 1; digit >= 0; digit--) {
      buffer.putShort((short) (whole / power(digit) % BASE));
    }
    if (fraction != 0) {
      buffer.putShort(fraction);
    }
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= BASE;
    }
    return power;
  }
}
