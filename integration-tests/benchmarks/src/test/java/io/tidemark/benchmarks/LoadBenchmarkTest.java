package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBenchmarkTest {
  private final StringWriter page = new StringWriter();

  @AfterEach
  void forgetTheLauncher() {
    System.clearProperty("lake.launcher");
  }

  @Test
  void tellsALoadFromAnExitCodeAndPutsItBesideTheLimit(@TempDir Path dir) throws Exception {
    // Given: a launcher that claims success and does nothing
    System.setProperty("lake.launcher", "/bin/true");
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
      "unpartitioned",
      "--subjects",
      "tidemark,flink_sql",
      "--heap",
      "768m"
    };

    // When
    int exit = run(args);

    // Then
    assertThat(exit).as(page.toString()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(dir.resolve("out/load.json").toFile());
    assertThat(report.at("/runs/0/valid").asBoolean()).isFalse();
    assertThat(report.at("/runs/0/problem").asText()).contains("nothing was committed");
    assertThat(report.at("/ratios/0").has("vs_flink_sql")).isFalse();
    JsonNode load = report.at("/runs/1");
    assertThat(load.at("/subject").asText()).isEqualTo("flink_sql");
    assertThat(load.at("/table").asText()).isEqualTo("order_events");
    assertThat(load.at("/partitioned").asBoolean()).isFalse();
    assertThat(load.at("/valid").asBoolean()).isTrue();
    assertThat(load.at("/files").asInt()).isEqualTo(2);
    assertThat(load.at("/wall_s").asDouble()).isPositive();
    assertThat(load.at("/client_cpu_s").asDouble()).isPositive();
    assertThat(load.at("/server_cpu_s").asDouble()).isPositive();
    assertThat(load.at("/peak_rss_mb").asDouble()).isGreaterThan(100);
    assertThat(report.at("/limits/0/legs")).hasSize(6);
    assertThat(report.at("/limits/0/t_star_s").asDouble()).isPositive();
    assertThat(page.toString()).contains("flink_sql", "T*", "1/1", "0/1");
  }

  @Test
  void refusesADirectoryThatIsNotEmpty(@TempDir Path dir) throws Exception {
    // Given
    Files.writeString(dir.resolve("load.json"), "{}");

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
