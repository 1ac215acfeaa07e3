package io.tidemark.scenarios.jars;

import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session cluster as a distribution starts it: a job manager and a task manager, in processes of
 * their own, with nothing on their class path but the distribution's lib.
 */
final class FlinkSession implements AutoCloseable {

  private static final String CONFIG =
      """
      jobmanager.rpc.address: localhost
      jobmanager.rpc.port: %d
      rest.address: localhost
      rest.port: %d
      taskmanager.host: localhost
      taskmanager.numberOfTaskSlots: 4
      taskmanager.cpu.cores: 2.0
      taskmanager.memory.framework.heap.size: 128m
      taskmanager.memory.framework.off-heap.size: 128m
      taskmanager.memory.task.heap.size: 384m
      taskmanager.memory.task.off-heap.size: 0b
      taskmanager.memory.network.min: 64m
      taskmanager.memory.network.max: 64m
      taskmanager.memory.managed.size: 64m
      taskmanager.memory.jvm-metaspace.size: 256m
      taskmanager.memory.jvm-overhead.min: 128m
      taskmanager.memory.jvm-overhead.max: 128m
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final Map<String, String> environment;
  private final int restPort = freePort();
  private final ForkedJvm jobManager;
  private final ForkedJvm taskManager;
  private int runs;

  /**
   * Starts a cluster.
   *
   * @param directory for its configuration and what its processes print
   * @param environment what all of its processes find in their environment, and the client
   */
  FlinkSession(Path directory, Map<String, String> environment) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.environment = new HashMap<>(environment);
    this.environment.put("FLINK_CONF_DIR", directory.toString());
    Files.writeString(directory.resolve("config.yaml"), CONFIG.formatted(freePort(), restPort));
    List<String> configuration = List.of("--configDir", directory.toString());
    jobManager =
        fork(
            "jobmanager",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            configuration);
    taskManager =
        fork(
            "taskmanager",
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            configuration);
    awaitTaskManager();
  }

  /** Starts {@code flink run} with options, a job jar and its arguments. */
  ForkedJvm run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("run", "-m", "localhost:" + restPort));
    command.addAll(List.of(arguments));
    runs++;
    return fork("run-" + runs, "org.apache.flink.client.cli.CliFrontend", command);
  }

  boolean isAlive() {
    return jobManager.isAlive() && taskManager.isAlive();
  }

  String output() {
    return jobManager.output() + taskManager.output();
  }

  private ForkedJvm fork(String name, String mainClass, List<String> arguments) {
    return ForkedJvm.start(
        JobJars.distribution(),
        mainClass,
        environment,
        directory.resolve(name + ".out"),
        arguments);
  }

  private void awaitTaskManager() {
    HttpClient client = HttpClient.newHttpClient();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!overview(client).contains("\"taskmanagers\":1")) {
      if (!isAlive() || Instant.now().isAfter(deadline)) {
        close();
        throw new IllegalStateException("The session cluster does not come up: " + output());
      }
    }
  }

  private String overview(HttpClient client) {
    URI uri = URI.create("http://localhost:%d/overview".formatted(restPort));
    try {
      Thread.sleep(100);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a cluster started", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    taskManager.close();
    jobManager.close();
  }
}
