package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals from databases other than PostgreSQL. */
class JdbcSealTest {

  private static final AdRow FIRST = AdRow.at("2026-11-20T00:00+09:00", 1, 4, "0.90");
  private static final AdRow LAST = AdRow.at("2026-11-20T23:00+09:00", 2, 6, "2.10");

  private static final String ROWS =
      """
      CREATE OR REPLACE TABLE settled (hour %s, campaign_id bigint, placement varchar(20),
        impressions bigint unsigned, clicks bigint, cost decimal(18, 2));
      INSERT INTO settled VALUES
        ('2026-11-19 15:00', 1, 'top', 40, 4, 0.90), ('2026-11-20 14:00', 2, 'top', 60, 6, 2.10),
        ('2026-11-19 14:59', 1, 'top', 10, 1, 1.00), ('2026-11-20 15:00', 1, 'top', 70, 7, 3.00)""";

  private static final String QUERY =
      "SELECT hour, campaign_id, placement, SUM(impressions) AS impressions, clicks, cost FROM settled WHERE hour >= :lo AND hour < :hi GROUP BY hour, campaign_id, placement, clicks, cost";

  private static EmbeddedFlink flink;
  private static EmbeddedMariaDbServer server;

  @TempDir private Path directory;
  private AdsTable ads;

  @BeforeAll
  static void start(@TempDir Path directory) {
    flink = EmbeddedFlink.start(directory, 2);
    server = EmbeddedMariaDbServer.shared();
    server.createDatabase("billing");
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @BeforeEach
  void create() {
    ads = AdsTable.create(directory);
  }

  @AfterEach
  void close() {
    ads.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"datetime", "timestamp NULL", "timestamp(6) NULL"})
  void windowsOfMariaDbAreSealedByTheirEdgesInUtc(String hour) throws IOException {
    // Given
    insert(hour);

    // When
    SealReport report = seal(QUERY);

    // Then
    assertThat(ads.rows()).containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"));
    assertThat(report.rowsAfter()).isEqualTo(2);
  }

  /** By itself the driver calls one that is signed a bit. */
  @Test
  void tinyintOfOneDigitIsAnIntegerInAQuery() throws IOException {
    // Given
    insert("datetime");
    String day = "'2026-11-19 15:00', %d, 'top', %d, %d, 0.90";
    server.execute(
        "billing",
        "CREATE OR REPLACE TABLE flagged LIKE settled; ALTER TABLE flagged MODIFY clicks tinyint(1), MODIFY impressions bigint;"
            + "INSERT INTO flagged VALUES (%s), (%s), (%s)"
                .formatted(
                    day.formatted(1, -10, -1),
                    day.formatted(2, 20, 2),
                    day.formatted(3, 1270, 127)));

    // When
    seal(QUERY.replace("settled", "flagged"));

    // Then
    assertThat(ads.rows())
        .containsExactlyInAnyOrder(
            flagged(1, -1).text("final"),
            flagged(2, 2).text("final"),
            flagged(3, 127).text("final"));
  }

  private static AdRow flagged(long campaign, long clicks) {
    return AdRow.at("2026-11-20T00:00+09:00", campaign, clicks, "0.90");
  }

  @Test
  void windowsAreSealedByTheGeneralPath() throws IOException {
    try (BillingDatabase billing = BillingDatabase.start(directory)) {
      // Given
      billing.reset();
      billing.insert(FIRST, LAST, AdRow.at("2026-11-21T00:00+09:00", 1, 7, "3.00"));

      // When
      seal("jdbc", billing.manifest(directory).query(QUERY.replace("settled", "billing.settled")));
    }

    // Then
    assertThat(ads.rows()).containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"));
  }

  @Test
  void columnsThatAreOthersAreNamedBeforeARowIsRead() {
    insert("datetime");
    String query =
        "SELECT hour, campaign_id, placement AS place, placement AS impressions, clicks, cost FROM settled WHERE hour >= :lo AND hour < :hi";

    assertThatThrownBy(() -> seal(query))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot seal ads.campaign_hourly from mariadb source ads-db: the query does not bring placement; brings place, which the table has not; brings impressions as varchar for long. Nothing was read.");
  }

  @Test
  void queryThatTheDatabaseRefusesIsABadRequest() {
    insert("datetime");

    assertThatThrownBy(() -> seal(QUERY.replace("settled", "setled")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Cannot read the query of mariadb source ads-db")
        .hasMessageContaining("setled");
  }

  @Test
  void valueThatDoesNotFitIsABadRequest() {
    insert("datetime");
    String query = QUERY.replace("clicks, cost FROM", "clicks, cost / 7 AS cost FROM");

    assertThatThrownBy(() -> seal(query))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageMatching(
            "Cannot read column cost of the query: .* Mend it there, or in the query");
    assertThat(ads.rows()).isEmpty();
  }

  private void insert(String hour) {
    for (String statement : ROWS.formatted(hour).split(";")) {
      server.execute("billing", "SET time_zone = '+00:00'; " + statement);
    }
  }

  private SealReport seal(String query) throws IOException {
    Path password = Files.writeString(directory.resolve("p"), EmbeddedMariaDbServer.PASSWORD);
    return seal(
        "mariadb",
        new ManifestText(
            directory,
            server.jdbcUrl("billing"),
            EmbeddedMariaDbServer.USER,
            password,
            4,
            query,
            ""));
  }

  private static SealReport seal(String type, ManifestText text) throws IOException {
    Path manifest = text.write();
    Files.writeString(
        manifest, Files.readString(manifest).replace("type: postgresql", "type: " + type));
    return SealRun.of(Manifest.load(manifest), AdsTable.NAME)
        .window("2026-11-20")
        .allow(Allow.AHEAD_OF_WATERMARK)
        .run(flink.environment());
  }
}
