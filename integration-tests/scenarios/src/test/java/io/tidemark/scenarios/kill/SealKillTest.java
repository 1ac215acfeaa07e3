package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.job.BatchMain;
import io.tidemark.batch.job.SealCommand;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.job.JobMain;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A seal that is killed and run again under the same run id happens once. */
@ExtendWith(Servers.Shared.class)
@Execution(ExecutionMode.CONCURRENT)
class SealKillTest {

  @TempDir private Path directory;

  @Test
  void killedBeforeItsFilesItSealsWhenRunAgain(Servers servers) {
    killAndRunAgain(
        site(servers, SiteCatalog.REST),
        (site, kill) -> site.beforePut("clicks/data/", ".parquet", kill));
  }

  @Test
  void killedAfterItsFilesItSealsWhenRunAgain(Servers servers) {
    killAndRunAgain(
        site(servers, SiteCatalog.REST),
        (site, kill) -> site.beforePut("clicks/metadata/", "-m0.avro", kill));
  }

  @Test
  void killedAfterItsCommitItIsDoneWhenRunAgain(Servers servers) {
    killAndRunAgain(site(servers, SiteCatalog.REST), SealKillTest::afterItsCommit);
  }

  @Test
  void killedAfterACommitThatPostgresMadeItIsDoneWhenRunAgain(Servers servers) {
    killAndRunAgain(site(servers, SiteCatalog.JDBC), SealKillTest::afterItsCommit);
  }

  private static void afterItsCommit(Site site, Runnable kill) {
    site.onCommit(Fault.dropAnswer().runAfter(kill));
  }

  private Site site(Servers servers, SiteCatalog catalog) {
    Site site = new Site(servers, directory, catalog, OpenLayout.CELLS);
    site.settleTheFirstDay();
    return site;
  }

  private static void killAndRunAgain(Site site, BiConsumer<Site, Runnable> arm) {
    ForkedJvm[] holder = new ForkedJvm[1];
    arm.accept(site, () -> holder[0].kill());
    holder[0] = seal(site);
    try (ForkedJvm first = holder[0]) {
      assertThat(first.await(Duration.ofMinutes(2))).as(first::output).isEqualTo(128 + 9);
    }

    int exitCode = JobMain.run(new SealCommand(), arguments(site));

    assertThat(exitCode).isZero();
    List<Record> rows = Figures.rows(site, Clicks.FIRST_DAY);
    assertThat(rows).hasSize(24 * 50);
    assertThat(Figures.totals(rows).clicks()).isEqualTo(276L * 1275);
    Canary.assertNoneIn(site);
  }

  private static ForkedJvm seal(Site site) {
    List<String> arguments = new ArrayList<>(List.of("seal"));
    arguments.addAll(List.of(arguments(site)));
    return ForkedJvm.start(
        BatchMain.class.getName(), StreamProcess.TALKATIVE, site.output(), arguments);
  }

  private static String[] arguments(Site site) {
    String manifest = site.manifest().toString();
    String words = "%s --manifest %s --window 2026-11-19 --run-id settled";
    return words.formatted(site.table(), manifest).split(" ");
  }
}
