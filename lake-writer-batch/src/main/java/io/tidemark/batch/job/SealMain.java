package io.tidemark.batch.job;

import io.tidemark.catalog.job.JobMain;
import picocli.CommandLine.Command;

/** The batch writer's entry point, for a job jar and {@code flink run}. */
@Command(
    name = "batch",
    description = "Seal and reseal windows of unified tables.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SealCommand.class, ResealCommand.class})
public final class SealMain {

  private SealMain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.main(new SealMain(), args);
  }
}
