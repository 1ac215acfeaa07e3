package io.tidemark.batch.job;

import io.tidemark.catalog.job.JobMain;
import picocli.CommandLine.Command;

/** The main class of the job jar: {@code flink run <jar> seal|reseal|load ...}. */
@Command(
    name = "batch",
    description = "Seal and reseal windows of unified tables, load plain ones.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SealCommand.class, ResealCommand.class, LoadCommand.class})
public final class BatchMain {

  private BatchMain() {}

  /**
   * Runs {@code seal}, {@code reseal} or {@code load}.
   *
   * @throws io.tidemark.catalog.job.JobFailedException if it does not end well
   */
  public static void main(String[] args) {
    JobMain.program(new BatchMain(), args);
  }
}
