package io.tidemark.batch.internal.postgres;

import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The binary format of {@code COPY}: a header before the first row, a count of fields before each,
 * and -1 after the last. A message of the protocol holds whole rows.
 */
final class CopyStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CopyStream.class);

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;
  private static final int NO_MORE_ROWS = -1;

  private final Session session;
  private final CopyOut copy;
  private byte[] message = {};
  private int position;
  private long rows;
  private boolean begun;
  private boolean ended;

  private CopyStream(Session session, CopyOut copy) {
    this.session = session;
    this.copy = copy;
  }

  static CopyStream open(Session session, String sql) throws SQLException {
    return new CopyStream(session, session.copyOut(sql));
  }

  /** Moves to the first field of the next row, if there is one. */
  boolean next(int fields) throws SQLException {
    if (ended) {
      return false;
    }
    while (position == message.length) {
      receive();
    }
    int count = Wire.int2(message, position);
    position += Short.BYTES;
    if (count == NO_MORE_ROWS) {
      end();
      return false;
    }
    if (count != fields) {
      throw new IllegalStateException(
          "Cannot decode a row: it has %d fields instead of %d".formatted(count, fields));
    }
    rows++;
    return true;
  }

  byte[] message() {
    return message;
  }

  int position() {
    return position;
  }

  /** Says where the fields of the current row end. */
  void consumed(int end) {
    if (end > message.length) {
      throw new IllegalStateException("Cannot decode a row: it goes on behind its message");
    }
    position = end;
  }

  /** Returns how many rows the database says it has sent, once there are no more. */
  long sent() {
    return copy.getHandledRowCount();
  }

  /** Ends a copy; one that was not read to its end takes its transaction with it. */
  @Override
  public void close() {
    try {
      if (!ended && copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      LOG.debug("Cannot end a copy", e);
    } finally {
      ended = true;
      session.copied();
    }
  }

  private void receive() throws SQLException {
    byte[] next = copy.readFromCopy();
    if (next == null) {
      throw new IllegalStateException(
          "Cannot read to the end: the database ended after %d rows without saying so"
              .formatted(rows));
    }
    message = next;
    position = 0;
    if (!begun) {
      begin();
    }
  }

  private void begin() {
    if (!Arrays.equals(
        message, 0, Math.min(SIGNATURE.length, message.length), SIGNATURE, 0, SIGNATURE.length)) {
      throw new IllegalStateException("Cannot decode a copy: it has no header");
    }
    position = HEADER + Wire.int4(message, HEADER - Integer.BYTES);
    begun = true;
  }

  private void end() throws SQLException {
    if (position != message.length || copy.readFromCopy() != null) {
      throw new IllegalStateException("Cannot read to the end: there is more behind it");
    }
    ended = true;
    session.copied();
    if (sent() != rows) {
      throw new IllegalStateException(
          "Cannot read to the end: there were %d rows, and the database sent %d"
              .formatted(rows, sent()));
    }
  }
}
