package io.tidemark.batch.internal.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads as much as there is at a time, and hands out as little as is asked for. It never waits
 * while it has something to hand out. For one thread.
 */
final class ReadAhead extends FilterInputStream {

  private static final int BYTES = 1 << 16;

  private final byte[] buffer = new byte[BYTES];
  private int position;
  private int end;

  ReadAhead(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (position == end && length >= BYTES) {
      return in.read(into, offset, length);
    }
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || !fill()) {
      return 0;
    }
    int skipped = (int) Math.min(count, end - position);
    position += skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return end - position + in.available();
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private boolean fill() throws IOException {
    if (position == end) {
      int count = in.read(buffer, 0, BYTES);
      position = 0;
      end = Math.max(0, count);
    }
    return position < end;
  }
}
