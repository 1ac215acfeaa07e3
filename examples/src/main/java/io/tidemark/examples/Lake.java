package io.tidemark.examples;

import io.tidemark.batch.job.LoadCommand;
import io.tidemark.batch.job.PlanCommand;
import io.tidemark.batch.job.ResealCommand;
import io.tidemark.batch.job.SealCommand;
import io.tidemark.catalog.job.JobMain;
import io.tidemark.catalog.job.RepairCommand;
import io.tidemark.catalog.job.RetireCommand;
import io.tidemark.catalog.job.StatusCommand;
import io.tidemark.examples.quickstart.QuickstartCommand;
import io.tidemark.maintenance.job.MaintainCommand;
import io.tidemark.stream.job.StreamCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The entry point of the launcher: every job of Tidemark as a subcommand. */
@Command(
    name = "lake",
    description = "One Iceberg table, a streaming and a batch writer, one tide mark between them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuickstartCommand.class,
      PlanCommand.class,
      LoadCommand.class,
      StreamCommand.class,
      SealCommand.class,
      ResealCommand.class,
      MaintainCommand.class,
      StatusCommand.class,
      RepairCommand.class,
      RetireCommand.class
    },
    footer = {
      "",
      "Benchmarks: lake bench --help",
      "Exit codes: 0 done, 1 failed, 2 the request cannot be right, 3 a guard refused."
    })
public final class Lake {

  Lake() {}

  /** Runs a job and ends the process with its exit code. */
  public static void main(String[] args) {
    LoggerFactory.getILoggerFactory(); // before there are threads that would race for it
    LocalDisk.use();
    JobMain.main(new Lake(), args);
  }
}
