package io.tidemark.maintenance.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.job.JobMain;
import io.tidemark.catalog.window.Window;
import io.tidemark.maintenance.ClicksTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MaintainCommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path manifest;
  private ClicksTable clicks;
  private Window first;

  @BeforeEach
  void createTable() throws IOException {
    clicks = ClicksTable.create(directory);
    first = clicks.day("2026-11-19");
    clicks.seal("run-1", first, 4);
    manifest = directory.resolve("lake.yaml");
    Files.writeString(manifest, catalog() + table("ads.clicks") + table("ads.missing"));
  }

  @AfterEach
  void closeTable() {
    clicks.close();
  }

  @Test
  void tableIsMaintainedAndTheReportShown() {
    // When
    int exitCode = maintain("ads.clicks", "--compact-to", "16mb", "--flight", "0s");

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(clicks.filesOf(first)).hasSize(1);
    assertThat(out.toString())
        .contains("ads.clicks", "update-ledger", "compact-closed-windows", "expire-snapshots")
        .containsPattern("files +4 -> +1");
  }

  @Test
  void brokenTableDoesNotStopTheOthers() {
    // When
    int exitCode = maintain("--all");

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("ads.missing").contains("1 of 2 tables");
    assertThat(clicks.filesOf(first)).hasSize(1);
  }

  @Test
  void dryRunChangesNothingAndJsonIsOneLine() {
    // Given
    long head = clicks.head();

    // When
    int exitCode = maintain("ads.clicks", "--dry-run", "--json");

    // Then
    assertThat(exitCode).isZero();
    assertThat(clicks.head()).isEqualTo(head);
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .contains("\"dry_run\":true")
        .contains("\"files\":{\"before\":4,\"after\":1}");
  }

  @Test
  void noTableIsBadInput() {
    assertThat(maintain()).isEqualTo(2);
    assertThat(err.toString()).contains("name the tables, or say --all");
  }

  @Test
  void unknownTableIsBadInputAndNothingIsDone() {
    // When
    int exitCode = maintain("ads.clicks", "ads.klicks");

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(clicks.filesOf(first)).hasSize(4);
  }

  @Test
  void sizeThatIsNoneIsBadInput() {
    assertThat(maintain("ads.clicks", "--compact-to", "big")).isEqualTo(2);
    assertThat(err.toString()).contains("--compact-to");
  }

  @ParameterizedTest
  @CsvSource({
    "--expire-older-than, 30, 30d",
    "--flight, 1, 30d",
    "--compact-to, 512, 512mb",
    "--compact-to, ' 512 ', 512mb"
  })
  void numberWithoutAUnitIsBadInput(String option, String value, String example) {
    // When
    int exitCode = maintain("ads.clicks", option, value);

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .contains("'" + option + "'", "'%s' has no unit; write e.g. %s".formatted(value, example));
    assertThat(clicks.filesOf(first)).hasSize(4);
  }

  @Test
  void ageThatIsNoneIsBadInput() {
    assertThat(maintain("ads.clicks", "--expire-older-than", "old")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--expire-older-than'", "cannot read 'old' as a duration", "e.g. 2m");
  }

  private int maintain(String... args) {
    CommandLine line = JobMain.commandLine(new MaintainCommand());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("--manifest", manifest.toString()));
    all.addAll(List.of(args));
    return line.execute(all.toArray(String[]::new));
  }

  private String catalog() {
    return """
        catalog:
          type: jdbc
          uri: "jdbc:sqlite:%s"
          warehouse: "%s"
        tables:
        """
        .formatted(directory.resolve("catalog.db"), directory.resolve("warehouse").toUri());
  }

  private static String table(String name) {
    return """
          %s:
            period: { column: hour, grain: hour }
            window: { unit: day, zone: Asia/Seoul, origin: 2026-11-19 }
            keys: { campaign_id: long }
            measures: { clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
            layout: events
        """
        .formatted(name);
  }
}
