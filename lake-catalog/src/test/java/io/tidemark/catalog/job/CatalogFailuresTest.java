package io.tidemark.catalog.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a command says of a catalog that it cannot open. */
class CatalogFailuresTest {

  private static final String CANARY = "canary-4b1f0e";

  @TempDir static Path dir;

  private static EmbeddedPostgresServer server;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    server = EmbeddedPostgresServer.start(dir.resolve("postgres"));
    server.createDatabase("lake");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aWrongPasswordIsABadRequest() throws IOException {
    int exit = status(server.jdbcUrl("lake"), secret(CANARY));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("refuses the credentials").doesNotContain(CANARY);
  }

  @Test
  void anUnreachableCatalogIsAFailure() throws IOException {
    int exit = status("jdbc:postgresql://localhost:1/lake", secret(CANARY));
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("cannot be reached").doesNotContain(CANARY);
  }

  @Test
  void aSecretThatIsNotThereIsABadRequest() throws IOException {
    int exit = status(server.jdbcUrl("lake"), dir.resolve("no-such-file"));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("no-such-file").contains("cannot be read");
  }

  private static Path secret(String value) throws IOException {
    return Files.writeString(dir.resolve("password"), value);
  }

  private int status(String url, Path password) throws IOException {
    Path file = dir.resolve("lake.yaml");
    Files.writeString(
        file,
        """
        catalog:
          type: jdbc
          uri: %s
          warehouse: %s
          user: postgres
          password: ${file:%s}
        tables:
          ads.campaign_hourly:
            period: { column: hour, grain: hour }
            window: { unit: day, zone: Asia/Seoul, origin: 2026-11-20 }
            keys: { campaign_id: long }
            measures: { clicks: { type: long, merge: sum } }
        """
            .formatted(url, dir.resolve("warehouse"), password));
    CommandLine line = JobMain.commandLine(new StatusCommand());
    return line.setErr(new PrintWriter(err, true)).execute("-m", file.toString(), "--verbose");
  }
}
