package io.tidemark.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.examples.Lake;
import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quickstart as a user runs it; {@code -Dlake.quickstart=s3,local} names the storages. */
class QuickstartTest {

  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path directory;

  static Stream<String> storages() {
    return Arrays.stream(System.getProperty("lake.quickstart", "s3").split(","));
  }

  @ParameterizedTest
  @MethodSource("storages")
  void itEndsWithTheFiguresOfTheSources(String storage) throws IOException {
    // Given
    Path out = directory.resolve("out");

    // When
    String told = quickstart(storage, out);

    // Then
    assertThat(told.lines())
        .filteredOn(line -> line.matches("[1-6]\\. .*"))
        .extracting(line -> line.substring(0, 1))
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(told)
        .contains("drift [", "late 60 (quarantined)", "All figures are right")
        .doesNotContain("WARN", "ERROR", "Exception", "SLF4J", "log4j");
    assertThat(files(out))
        .containsExactlyInAnyOrderElementsOf(
            storage.equals("s3")
                ? List.of("lake.yaml", "secrets", "summary.json", "s3")
                : List.of("lake.yaml", "secrets", "summary.json", "catalog.db", "warehouse"));
    assertSummary(new ObjectMapper().readTree(out.resolve("summary.json").toFile()), storage);
  }

  private String quickstart(String storage, Path out) {
    try (ForkedJvm lake =
        ForkedJvm.start(
            Lake.class.getName(),
            Map.of(),
            directory.resolve("output"),
            List.of("quickstart", "--storage", storage, "--out", out.toString()))) {
      assertThat(lake.await(PATIENCE)).as(lake::output).isZero();
      return lake.output();
    }
  }

  private static void assertSummary(JsonNode summary, String storage) {
    assertThat(names(summary)).containsExactly("catalog", "tables", "late_rows", "dead_letters");
    assertThat(names(summary.get("catalog"))).containsExactly("type", "uri", "warehouse");
    assertThat(summary.at("/catalog/type").asText())
        .isEqualTo(storage.equals("s3") ? "rest" : "jdbc");
    assertThat(names(summary.get("tables"))).containsExactly("ads.campaign_hourly");
    assertTable(summary.get("tables").get("ads.campaign_hourly"));
    assertThat(summary.get("late_rows").asInt()).isEqualTo(60);
    assertThat(summary.get("dead_letters").asInt()).isEqualTo(5);
  }

  private static void assertTable(JsonNode table) {
    assertThat(names(table))
        .containsExactly(
            "metadata_location",
            "period_column",
            "zone",
            "sealed_through",
            "rows",
            "snapshots_checked",
            "totals",
            "expected");
    assertThat(table.get("period_column").asText()).isEqualTo("hour");
    assertThat(table.get("zone").asText()).isEqualTo("Asia/Seoul");
    assertThat(table.get("sealed_through").asText()).endsWith("T15:00:00Z");
    assertThat(table.get("rows").asLong()).isPositive();
    assertThat(table.get("snapshots_checked").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(table.get("totals")).isEqualTo(table.get("expected")).hasSize(3);
    for (JsonNode day : table.get("totals")) {
      assertThat(names(day)).containsExactly("impressions", "clicks", "cost");
      assertThat(day.get("impressions").isIntegralNumber()).isTrue();
      assertThat(day.get("cost").asText()).matches("\\d+\\.\\d{2}");
      assertThat(day.get("cost").isTextual()).isTrue();
    }
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
