package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void loadsFromMariaDbToo(@TempDir Path dir) throws Exception {
    // When
    int exit =
        run(
            "load",
            "--source",
            "mariadb",
            "--rows",
            "100000",
            "--runs",
            "1",
            "--out",
            dir.resolve("out").toString(),
            "--tables",
            "order_events",
            "--layouts",
            "unpartitioned",
            "--subjects",
            "flink_sql",
            "--heap",
            "768m");

    // Then
    assertThat(exit).as(page.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(dir.resolve("out/load.json").toFile());
    assertThat(report.at("/environment/database").asText()).startsWith("MariaDB");
    assertThat(report.at("/runs/0/server_cpu_s").asDouble()).isPositive();
    assertThat(report.at("/limits")).isEmpty();
    assertThat(dir.resolve("out/load.md")).content().contains("| flink_sql |").contains("| 1/1 |");
  }

  @Test
  void casesThatLoadNothingAreNotValid(@TempDir Path dir) throws Exception {
    // Given: a launcher that claims success and does nothing
    System.setProperty("lake.launcher", "/bin/true");

    // When
    String out = dir.resolve("out").toString();
    int exit = run("memory", "--rows", "2000,4000", "--runs", "2", "--out", out);

    // Then
    assertThat(exit).as(page.toString()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(dir.resolve("out/memory.json").toFile());
    assertThat(report.at("/cases")).hasSize(4);
    assertThat(report.at("/cases/3/name").asText()).isEqualTo("4000 rows in 512m");
    assertThat(report.at("/cases/3/base").asText()).isEqualTo("4000 rows in 4g");
    assertThat(report.at("/cases/3/valid").asBoolean()).isFalse();
    assertThat(report.at("/runs/4000 rows in 512m")).hasSize(2);
    assertThat(dir.resolve("out/memory.md")).content().contains("| 4000 rows in 512m |");
  }

  @Test
  void transactionsBesideALoadAreMeasured(@TempDir Path dir) throws Exception {
    // Given: a load that takes a while and loads nothing
    Path launcher = Files.writeString(dir.resolve("launcher"), "#!/bin/sh\nsleep 1\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    System.setProperty("lake.launcher", launcher.toString());

    // When
    String out = dir.resolve("out").toString();
    String[] args = {"--rows", "1000", "--runs", "1", "--seconds", "1", "--branches", "1"};
    int exit =
        run(
            Stream.concat(Stream.of("beside", "--out", out), Stream.of(args))
                .toArray(String[]::new));

    // Then
    assertThat(exit).as(page.toString()).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(dir.resolve("out/beside.json").toFile());
    assertThat(report.at("/balanced").asBoolean()).isTrue();
    assertThat(report.at("/runs/0/load/valid").asBoolean()).isFalse();
    assertThat(report.at("/runs/0/alone/per_second").asDouble()).isPositive();
    assertThat(report.at("/runs/0/beside/p99_ms").asDouble())
        .isGreaterThanOrEqualTo(report.at("/runs/0/beside/p50_ms").asDouble());
    assertThat(report.at("/throughput/median").asDouble()).isPositive();
    assertThat(dir.resolve("out/beside.md")).content().contains("NOT VALID");
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
