package io.tidemark.batch.job;

import io.tidemark.catalog.job.JobMain;
import picocli.CommandLine.Command;

/** The main class of the job jar: {@code flink run <jar> seal|reseal ...}. */
@Command(
    name = "batch",
    description = "Seal and reseal windows of unified tables.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SealCommand.class, ResealCommand.class})
public final class SealMain {

  private SealMain() {}

  /**
   * Runs {@code seal} or {@code reseal}.
   *
   * @throws io.tidemark.catalog.job.JobFailedException if it does not end well
   */
  public static void main(String[] args) {
    JobMain.program(new SealMain(), args);
  }
}
