package io.tidemark.batch.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes sockets that, when closed, wait a moment for the other side to close its own. A connection
 * counts in the database until its process has ended: whoever opens another one at once would for a
 * moment hold one too many. They notice after a minute that a server is gone without a word.
 *
 * <p>Public for the driver, which makes one by its name.
 */
public final class PatientSocketFactory extends SocketFactory {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int UNHEARD_SECONDS = 30;
  private static final int PROBE_SECONDS = 10;
  private static final int PROBES = 3;

  @Override
  public Socket createSocket() throws IOException {
    PatientSocket socket = new PatientSocket();
    socket.notice(UNHEARD_SECONDS, PROBE_SECONDS, PROBES);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unconnectedOnly();
  }

  private static IOException unconnectedOnly() {
    return new IOException("Cannot connect a socket before it is known for how long to try");
  }

  private static final class PatientSocket extends Socket {

    private boolean closing;

    /** Where the system can, a server that went without a word is noticed after a while. */
    void notice(int unheardSeconds, int probeSeconds, int probes) throws IOException {
      if (supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
        setKeepAlive(true);
        setOption(ExtendedSocketOptions.TCP_KEEPIDLE, unheardSeconds);
        setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, probeSeconds);
        setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, probes);
      }
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closing && isConnected()) {
        closing = true;
        awaitEnd();
      }
      super.close();
    }

    /** What a query that was not read to its end still sends is read, for as long as there is. */
    private void awaitEnd() {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      byte[] rest = new byte[1 << 16];
      try {
        InputStream in = getInputStream();
        setSoTimeout((int) PATIENCE.toMillis());
        int read = 0;
        while (read >= 0 && System.nanoTime() < deadline) {
          read = in.read(rest);
        }
      } catch (IOException e) {
        // It is closed, or takes longer than anybody should wait for it.
        return;
      }
    }
  }
}
