package io.tidemark.batch.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

  private static final int BYTES = 3_000_000;

  /** A socket of a slow network: it brings some bytes at a time, and now and then none in time. */
  private static final class Slow extends FilterInputStream {
    private final Random random;

    Slow(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (random.nextInt(5) == 0) {
        throw new SocketTimeoutException();
      }
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(100_000)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void handsOutEveryByteOnce(long seed) throws IOException {
    // Given a socket whose reads may time out
    Random random = new Random(seed);
    byte[] sent = new byte[BYTES];
    random.nextBytes(sent);
    InputStream ahead = new ReadAhead(new Slow(sent, random));

    // When it is read to its end, and read again after every time-out
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (received.size() < BYTES) {
      try {
        receive(ahead, random, received);
      } catch (SocketTimeoutException e) {
        assertThat(ahead.available()).isEqualTo(BYTES - received.size());
      }
    }

    // Then all has come, and the end is told
    assertThat(received.toByteArray()).isEqualTo(sent);
    assertThat(endOf(ahead)).isEqualTo(-1);
  }

  private static void receive(InputStream from, Random random, ByteArrayOutputStream into)
      throws IOException {
    if (random.nextInt(3) == 0) {
      into.write(from.read());
      return;
    }
    byte[] some = new byte[1 + random.nextInt(90_000)];
    int offset = random.nextInt(some.length);
    int count = from.read(some, offset, some.length - offset);
    into.write(some, offset, count);
  }

  private static int endOf(InputStream stream) throws IOException {
    while (true) {
      try {
        return stream.read();
      } catch (SocketTimeoutException e) {
        // It has not been told yet.
        continue;
      }
    }
  }
}
