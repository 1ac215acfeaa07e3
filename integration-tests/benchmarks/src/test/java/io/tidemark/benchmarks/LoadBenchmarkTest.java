package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBenchmarkTest {
  private final StringWriter page = new StringWriter();

  @Test
  void measuresAPeerBesideTheLimitAndProvesWhatItLoaded(@TempDir Path dir) throws Exception {
    // Given
    String[] args = {
      "load",
      "--rows",
      "20000",
      "--runs",
      "1",
      "--out",
      dir.resolve("out").toString(),
      "--tables",
      "order_events",
      "--layouts",
      "partitioned",
      "--subjects",
      "flink_sql",
      "--heap",
      "768m"
    };

    // When
    int exit = run(args);

    // Then
    assertThat(exit).as(page.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(dir.resolve("out/load.json").toFile());
    JsonNode load = report.at("/runs/0");
    assertThat(load.at("/subject").asText()).isEqualTo("flink_sql");
    assertThat(load.at("/table").asText()).isEqualTo("order_events");
    assertThat(load.at("/partitioned").asBoolean()).isTrue();
    assertThat(load.at("/valid").asBoolean()).isTrue();
    assertThat(load.at("/files").asInt()).isEqualTo(62);
    assertThat(load.at("/wall_s").asDouble()).isPositive();
    assertThat(load.at("/client_cpu_s").asDouble()).isPositive();
    assertThat(load.at("/server_cpu_s").asDouble()).isPositive();
    assertThat(load.at("/peak_rss_mb").asDouble()).isGreaterThan(100);
    assertThat(report.at("/limits/0/legs")).hasSize(6);
    assertThat(report.at("/limits/0/t_star_s").asDouble()).isPositive();
    assertThat(page.toString()).contains("flink_sql", "T*", "1/1");
  }

  @Test
  void refusesADirectoryThatIsNotEmpty(@TempDir Path dir) throws Exception {
    // Given
    java.nio.file.Files.writeString(dir.resolve("load.json"), "{}");

    // When
    int exit = run("load", "--subjects", "flink_sql", "--out", dir.toString());

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(page.toString()).contains("Cannot use " + dir + ": it is not empty");
  }

  private int run(String... args) {
    PrintWriter writer = new PrintWriter(page, true);
    return Bench.commandLine().setOut(writer).setErr(writer).execute(args);
  }
}
