package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.SealRun;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.ForkedJvm;
import io.tidemark.stream.job.StreamJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jobs of a manifest are told secrets by reference, and show no value to anybody. */
@ExtendWith(Servers.Shared.class)
class SecretsTest {

  private static final String WRONG = "wrong-canary";
  private static final String FIRST_DAY = " --window 2026-11-19";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void jobGraphsHoldReferencesOnly(SiteCatalog catalog, Servers servers) throws Exception {
    // Given
    Site site = new Site(servers, directory, catalog, OpenLayout.CELLS);
    site.settleTheFirstDay();
    Clicks clicks = new Clicks(site);
    clicks.send(100);
    Manifest manifest = Manifest.load(site.manifest());

    try (EmbeddedFlink flink = EmbeddedFlink.start(directory, 2)) {
      // When
      RecordedEnvironment stream = RecordedEnvironment.of(flink);
      StreamJob.of(manifest.loader(site.table()), manifest.table(site.table()))
          .stopAtLatest()
          .addTo(stream);
      stream.execute();
      RecordedEnvironment seal = RecordedEnvironment.of(flink);
      SealRun.of(manifest, site.table()).window("2026-11-19").run(seal);

      // Then
      assertThat(Figures.rows(site, Clicks.FIRST_DAY)).hasSize(24 * 50);
      assertRefersTo(stream.jobGraph(), Canary.KAFKA_PASSWORD, Canary.S3_SECRET, catalog.secret());
      assertRefersTo(seal.jobGraph(), Canary.DATABASE_PASSWORD, Canary.S3_SECRET, catalog.secret());
      Canary.assertNoneIn(site);
    }
  }

  private static void assertRefersTo(byte[] jobGraph, Canary... secrets) {
    String text = new String(jobGraph, StandardCharsets.ISO_8859_1);
    for (Canary secret : secrets) {
      assertThat(text.contains("/" + secret.name() + "}")).as("%s in a graph", secret).isTrue();
    }
    Canary.assertNoneIn(jobGraph, "the job graph");
  }

  @Test
  void wrongSecretsAreErrorsThatShowNoSecret(Servers servers) throws IOException {
    // Given
    List<String> lines =
        List.of(
            "seal " + wrong(servers, SiteCatalog.REST, Canary.DATABASE_PASSWORD) + FIRST_DAY,
            "seal " + wrong(servers, SiteCatalog.REST, Canary.S3_SECRET) + FIRST_DAY,
            "stream " + wrong(servers, SiteCatalog.JDBC, Canary.DATABASE_PASSWORD),
            "stream " + wrong(servers, SiteCatalog.REST, Canary.KAFKA_PASSWORD));
    Path output = directory.resolve("output.log");

    // When
    try (ForkedJvm jvm =
        ForkedJvm.start(CommandLines.class.getName(), StreamProcess.TALKATIVE, output, lines)) {
      assertThat(jvm.await(Duration.ofMinutes(3))).as(jvm::output).isZero();
    }

    // Then
    assertThat(Files.readAllLines(output).stream().filter(SecretsTest::isAnswer))
        .satisfiesExactly(
            error -> assertThat(error).contains("billing: it refuses the user or the password"),
            exitCode -> assertThat(exitCode).isEqualTo("exit code 2"),
            error ->
                assertThat(error).contains("the object store refuses the catalog's credentials"),
            exitCode -> assertThat(exitCode).isEqualTo("exit code 2"),
            error -> assertThat(error).contains("/jdbc refuses the credentials"),
            exitCode -> assertThat(exitCode).isEqualTo("exit code 2"),
            error -> assertThat(error).contains("Kafka refuses the credentials"),
            exitCode -> assertThat(exitCode).isEqualTo("exit code 2"));
    Canary.assertNoneIn(Files.readAllBytes(output), "the output");
    assertThat(output).content().doesNotContain(WRONG);
  }

  /** Returns the arguments for a table whose manifest refers to one wrong secret. */
  private String wrong(Servers servers, SiteCatalog catalog, Canary wrong) throws IOException {
    Path own = Files.createTempDirectory(directory, "site");
    Site site = new Site(servers, own, catalog, OpenLayout.CELLS);
    site.settleTheFirstDay();
    site.create();
    site.tell(wrong, WRONG);
    return "%s --verbose --manifest %s".formatted(site.table(), site.manifest());
  }

  private static boolean isAnswer(String line) {
    return line.startsWith("error: ") || line.startsWith("exit code ");
  }
}
