package io.tidemark.examples.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the Spark reader in a process of its own, on the class path the build wrote down for it. */
final class SparkProcess {

  private static final String MAIN = "io.tidemark.spark.SparkReader";
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Path classPath;
  private final List<String> jvmArguments;

  /**
   * Takes a Spark.
   *
   * @param classPath a file with the class path
   * @param jvmArguments what the JVM is to open for Spark
   */
  SparkProcess(Path classPath, List<String> jvmArguments) {
    this.classPath = classPath;
    this.jvmArguments = List.copyOf(jvmArguments);
  }

  /**
   * Reads a table's history.
   *
   * @param catalog Iceberg's catalog properties, secrets resolved: they go through a pipe only
   */
  SparkReading read(Map<String, String> catalog) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream request = process.getOutputStream()) {
      request.write(JSON.writeValueAsBytes(request(catalog)));
    }
    byte[] answer = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Cannot read with Spark: exit code " + process.exitValue());
    }
    return JSON.readValue(answer, SparkReading.class);
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), MAIN));
    return command;
  }

  /** The reader's own classes lie beside the file that names what they need. */
  private String classPath() throws IOException {
    return classPath.resolveSibling("classes")
        + File.pathSeparator
        + Files.readString(classPath).strip();
  }

  private static Map<String, Object> request(Map<String, String> catalog) {
    return Map.of(
        "catalog",
        catalog,
        "table",
        StoryManifest.TABLE,
        "period",
        "hour",
        "measures",
        List.of("impressions", "clicks", "cost"),
        "zone",
        StoryDays.ZONE.getId(),
        "counted",
        List.of(StoryManifest.LATE, StoryManifest.DEAD_LETTERS));
  }
}
