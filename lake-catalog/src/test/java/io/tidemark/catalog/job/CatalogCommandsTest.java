package io.tidemark.catalog.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a SQLite catalog with a local warehouse. */
class CatalogCommandsTest {

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
  void aManifestWithATypoIsABadRequestThatWritesNothing() throws IOException {
    writeManifest("grain: hour", "grian: hour");
    assertThat(run(new StatusCommand())).isEqualTo(2);
    assertThat(err.toString())
        .contains(file + ":4: unknown key 'grian' in period")
        .contains("did you mean 'grain'?");
    assertThat(dir.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void aTableThatTheManifestDoesNotHaveIsABadRequest() {
    assertThat(run(new StatusCommand(), "ads.campaigns")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot find table ads.campaigns in the manifest");
  }

  @Test
  void statusOfAMissingTableSaysSo() {
    assertThat(run(new StatusCommand())).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines("ads.campaign_hourly   missing: no job has created it yet");
  }

  @Test
  void statusTellsHowFarTheTableIsSealed() {
    seal("2026-11-20");
    assertThat(run(new StatusCommand(), TABLE)).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "ads.campaign_hourly   sealed through 2026-11-21 00:00 KST (v1)");
  }

  @Test
  void repairOfATableInOrderChangesNothing() {
    seal("2026-11-20");
    assertThat(run(new RepairCommand(), TABLE)).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines("ads.campaign_hourly   history is in order");
  }

  @Test
  void repairAfterARollbackReopensWhatWasSealedSince() {
    // Given
    seal("2026-11-20");
    seal("2026-11-21");
    try (OpenCatalog open = open()) {
      Table table = open.catalog().loadTable(ID);
      table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
    }
    // When
    int exit = run(new RepairCommand(), TABLE);
    // Then
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("history was rewritten")
        .contains("reopened [2026-11-21, 2026-11-22)");
  }

  @Test
  void retirementOfAStreamThatPublishedJustNowWantsAWord() {
    publish("clicks");
    assertThat(run(new RetireCommand(), TABLE, "--stream", "clicks")).isEqualTo(3);
    assertThat(err.toString()).contains("Cannot retire stream clicks").contains("even if");
    assertThat(run(new RetireCommand(), TABLE, "--stream", "clicks", "--even-if-alive")).isZero();
    assertThat(out.toString()).contains("stream clicks retired");
  }

  @Test
  void retirementOfAnUnknownStreamIsABadRequest() {
    publish("clicks");
    assertThat(run(new RetireCommand(), TABLE, "--stream", "views")).isEqualTo(2);
    assertThat(err.toString()).contains("Streams of the table: [clicks]");
  }

  @Test
  void retirementWithoutAStreamInTheManifestIsABadRequest() {
    publish("clicks");
    assertThat(run(new RetireCommand(), TABLE)).isEqualTo(2);
    assertThat(err.toString()).contains("--stream");
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

  private void publish(String streamId) {
    create();
    try (OpenCatalog open = open()) {
      UnifiedTable.load(open.catalog(), ID)
          .publish(
              new Publish(
                  streamId,
                  "p-1",
                  Set.of(),
                  List.of(),
                  false,
                  null,
                  Publish.SideRows.NONE,
                  Publish.SideRows.NONE,
                  null,
                  Map.of()));
    }
  }

  private void seal(String date) {
    create();
    try (OpenCatalog open = open()) {
      UnifiedTable table = UnifiedTable.load(open.catalog(), ID);
      Window window = table.contract().window().parse(date);
      Set<Seal.Allow> allowed = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);
      SealPlan plan = table.planSeal("run-" + date, window, allowed);
      table.seal(new Seal(plan, List.of(), null, allowed));
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
