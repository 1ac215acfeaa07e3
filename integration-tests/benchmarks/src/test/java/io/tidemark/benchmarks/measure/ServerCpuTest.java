package io.tidemark.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerCpuTest {

  /** A first process, and one of its own that works and ends when it is told to. */
  private static final String SERVER =
      """
      sh -c 'n=0; while [ $n -lt 200000 ]; do n=$((n+1)); done; echo worked; read -r end'
      echo ended; read -r end
      """;

  private Process server;
  private BufferedReader said;

  @BeforeEach
  void start() throws IOException {
    server = new ProcessBuilder("sh", "-c", SERVER).start();
    said = server.inputReader();
    assertThat(said.readLine()).isEqualTo("worked");
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void processThatEndsWhileAllAreLookedAtIsCountedOnce() {
    // Given: the process has been looked at, and ends before the listing does
    Stream<ProcessHandle> nothing = Stream.of(server.toHandle()).filter(process -> !end());
    Stream<ProcessHandle> ending = Stream.concat(server.children(), nothing);
    ServerCpu cpu = new ServerCpu(server.pid(), () -> isEnded() ? server.children() : ending);

    // When
    double seconds = cpu.seconds();

    // Then
    double once = new ServerCpu(server.pid()).seconds();
    assertThat(once).isGreaterThan(0.05);
    assertThat(seconds).isCloseTo(once, within(0.03));
  }

  private boolean isEnded() {
    return server.children().findAny().isEmpty();
  }

  /** Returns once the process was waited for. */
  private boolean end() {
    try {
      server.outputWriter().append("end\n").flush();
      return said.readLine().equals("ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
