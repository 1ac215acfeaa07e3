package io.tidemark.scenarios.jars;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Each job jar does its work under {@code flink run}, beside nothing but a distribution's lib. */
@EnabledIfSystemProperty(named = JobJars.CHECKOUT, matches = ".+")
class JobJarsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;
  private AdsSite site;
  private FlinkSession flink;

  @BeforeEach
  void start() throws IOException {
    site = new AdsSite(directory);
    flink = new FlinkSession(directory.resolve("flink"), AdsSite.SECRETS);
  }

  @AfterEach
  void stop() {
    flink.close();
    site.close();
  }

  @Test
  void aStreamASealAndMaintenanceShareASessionCluster() throws Exception {
    // Given a stream that was submitted detached, and its rows
    site.settle();
    site.click(OffsetDateTime.parse("2026-11-19T08:00:00+09:00"), 400);
    site.click(OffsetDateTime.parse("2026-11-20T08:00:00+09:00"), 600);
    assertThat(stream()).contains("Job has been submitted with JobID");
    awaitClicks(Map.of("2026-11-19", 400L, "2026-11-20", 600L));

    // When a day is sealed, attached, and the table maintained
    String sealed = run(0, "lake-writer-batch", "seal", AdsSite.TABLE, "--window", "2026-11-19");
    String maintained = run(0, "lake-maintenance", AdsSite.TABLE);

    // Then the sealed day holds what was settled, and the stream goes on
    assertThat(sealed)
        .contains("1,200 rows for ")
        .contains("sealed through 2026-11-20T00:00+09:00");
    assertThat(maintained).contains(AdsSite.TABLE);
    site.click(OffsetDateTime.parse("2026-11-20T09:00:00+09:00"), 100);
    awaitClicks(Map.of("2026-11-19", 8_400L, "2026-11-20", 700L));
  }

  @Test
  void aJobThatFailsSaysWhyAndLeavesTheClusterAlone() {
    site.settle();

    String refused = run(1, "lake-writer-batch", "seal", AdsSite.TABLE, "--window", "2026-11-18");

    assertThat(refused).contains("Cannot seal ads.clicks").contains("the table begins at");
    assertThat(flink.isAlive()).isTrue();
    assertThat(sealDetached()).contains("Cannot seal ads.clicks").contains("without -d");
  }

  private String stream() {
    return run(
        0,
        List.of("-d"),
        "lake-writer-stream",
        AdsSite.TABLE,
        "--checkpoint-interval",
        "1s",
        "--checkpoints",
        directory.resolve("checkpoints").toString(),
        "--parallelism",
        "2");
  }

  private String sealDetached() {
    return run(
        1, List.of("-d"), "lake-writer-batch", "seal", AdsSite.TABLE, "--window", "2026-11-19");
  }

  private String run(int exit, String module, String... arguments) {
    return run(exit, List.of(), module, arguments);
  }

  private String run(int exit, List<String> options, String module, String... arguments) {
    List<String> command = new ArrayList<>(options);
    command.add(JobJars.of(module).toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--manifest", site.manifest()));
    try (ForkedJvm run = flink.run(command.toArray(String[]::new))) {
      assertThat(run.await(PATIENCE)).as(() -> run.output() + flink.output()).isEqualTo(exit);
      return run.output();
    }
  }

  private void awaitClicks(Map<String, Long> expected) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    Map<String, Long> clicks = site.clicksByDay();
    while (!clicks.equals(expected)) {
      assertThat(Instant.now()).as("%s%n%s", clicks, flink.output()).isBefore(deadline);
      Thread.sleep(200);
      clicks = site.clicksByDay();
    }
  }
}
