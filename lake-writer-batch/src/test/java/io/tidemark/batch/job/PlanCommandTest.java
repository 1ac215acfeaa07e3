package io.tidemark.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.AdsTable;
import io.tidemark.batch.ManifestText;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} says of unified tables. */
class PlanCommandTest extends CommandTest {

  private static final TableIdentifier ID = TableIdentifier.parse(AdsTable.NAME);

  @TempDir Path dir;

  private Path file;

  @BeforeEach
  void writeManifest() {
    file =
        new ManifestText(
                dir,
                "jdbc:postgresql://localhost:1/ads",
                "ads",
                dir.resolve("password"),
                1,
                "SELECT * FROM ads WHERE hour >= :lo AND hour < :hi",
                "")
            .write();
  }

  @Test
  void planOfAMissingTableTellsHowItWouldBeCreatedAndCreatesNothing() {
    assertThat(plan()).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "ads.campaign_hourly   missing: would be created with day windows of Asia/Seoul"
                + " from 2026-10-31T15:00:00Z, partitioned by identity(business_date)");
    try (OpenCatalog open = open()) {
      assertThat(open.catalog().tableExists(ID)).isFalse();
    }
  }

  @Test
  void planOfATableUnderTheSameContractMatches() {
    create();
    assertThat(plan(AdsTable.NAME)).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("ads.campaign_hourly   matches");
  }

  @Test
  void planTellsWhichMeasuresWouldBeAdded() throws IOException {
    create();
    change("clicks: {", "views: { type: long, merge: sum }, clicks: {");
    assertThat(plan()).isZero();
    assertThat(out.toString()).contains("measures that would be added: views long");
  }

  @Test
  void planOfATableUnderAnotherContractIsABadRequestThatChangesNothing() throws IOException {
    // Given
    create();
    List<String> before = filesOfTheWarehouse();
    change("zone: Asia/Seoul", "zone: UTC");
    // When
    int exit = plan();
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
    assertThat(plan()).isEqualTo(2);
    assertThat(out.toString()).startsWith("ads.campaign_hourly   differs: ");
  }

  @Test
  void aTableThatTheManifestDoesNotHaveIsABadRequest() {
    assertThat(plan("ads.campaigns")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot find table ads.campaigns in the manifest");
  }

  private int plan(String... tables) {
    return run(new PlanCommand(), file, tables);
  }

  private OpenCatalog open() {
    return OpenCatalog.of(Manifest.load(file).catalog());
  }

  private void create() {
    try (OpenCatalog open = open()) {
      UnifiedTable.createOrVerify(
          open.catalog(), ID, Manifest.load(file).table(AdsTable.NAME).contract());
    }
  }

  private List<String> filesOfTheWarehouse() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("warehouse"))) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private void change(String good, String changed) throws IOException {
    Files.writeString(file, Files.readString(file).replace(good, changed));
  }
}
