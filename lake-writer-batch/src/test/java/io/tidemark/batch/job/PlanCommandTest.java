package io.tidemark.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.job.JobMain;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code plan} says of unified tables. */
class PlanCommandTest {

  private static final String TABLE = "ads.campaign_hourly";
  private static final TableIdentifier ID = TableIdentifier.of("ads", "campaign_hourly");

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeManifest() throws IOException {
    file = dir.resolve("lake.yaml");
    writeManifest("", "");
  }

  @Test
  void planOfAMissingTableTellsHowItWouldBeCreatedAndCreatesNothing() {
    assertThat(run(new PlanCommand())).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "ads.campaign_hourly   missing: would be created with day windows of Asia/Seoul"
                + " from 2026-11-19T15:00:00Z, partitioned by identity(business_date)");
    try (OpenCatalog open = open()) {
      assertThat(open.catalog().tableExists(ID)).isFalse();
    }
  }

  @Test
  void planOfATableUnderTheSameContractMatches() {
    create();
    assertThat(run(new PlanCommand(), TABLE)).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("ads.campaign_hourly   matches");
  }

  @Test
  void planTellsWhichMeasuresWouldBeAdded() throws IOException {
    create();
    writeManifest("clicks: {", "views: { type: long, merge: sum }, clicks: {");
    assertThat(run(new PlanCommand())).isZero();
    assertThat(out.toString()).contains("measures that would be added: views long");
  }

  @Test
  void planOfATableUnderAnotherContractIsABadRequestThatChangesNothing() throws IOException {
    // Given
    create();
    List<String> before = filesOfTheWarehouse();
    writeManifest("zone: Asia/Seoul", "zone: UTC");
    // When
    int exit = run(new PlanCommand());
    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(out.toString()).contains("differs: window: the table has").contains("Asia/Seoul");
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: Cannot carry out the manifest for ads.campaign_hourly: the output tells why");
    assertThat(filesOfTheWarehouse()).isEqualTo(before);
  }

  @Test
  void planOfATableWithoutAContractIsABadRequest() {
    try (OpenCatalog open = open()) {
      open.catalog().createTable(ID, new Schema());
    }
    assertThat(run(new PlanCommand())).isEqualTo(2);
    assertThat(out.toString()).startsWith("ads.campaign_hourly   differs: ");
  }

  @Test
  void aTableThatTheManifestDoesNotHaveIsABadRequest() {
    assertThat(run(new PlanCommand(), "ads.campaigns")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot find table ads.campaigns in the manifest");
  }

  private int run(Object command, String... tables) {
    CommandLine line = JobMain.commandLine(command);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(
        Stream.concat(Stream.of("-m", file.toString()), Arrays.stream(tables))
            .toArray(String[]::new));
  }

  private OpenCatalog open() {
    return OpenCatalog.of(Manifest.load(file).catalog());
  }

  private void create() {
    try (OpenCatalog open = open()) {
      UnifiedTable.createOrVerify(open.catalog(), ID, Manifest.load(file).table(TABLE).contract());
    }
  }

  private List<String> filesOfTheWarehouse() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("warehouse"))) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private void writeManifest(String good, String changed) throws IOException {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
        tables:
          ads.campaign_hourly:
            period: { column: hour, grain: hour }
            window: { unit: day, zone: Asia/Seoul, origin: 2026-11-20 }
            keys: { campaign_id: long }
            measures: { clicks: { type: long, merge: sum } }
        """
            .formatted(dir);
    Files.writeString(file, good.isEmpty() ? yaml : yaml.replace(good, changed));
  }
}
