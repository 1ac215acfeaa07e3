package io.tidemark.maintenance.job;

import io.tidemark.catalog.job.JobMain;

/** The main class of the job {@code maintain}. */
public final class MaintainMain {

  private MaintainMain() {}

  /** Runs {@link MaintainCommand} and ends the process with its exit code. */
  public static void main(String... args) {
    JobMain.main(new MaintainCommand(), args);
  }
}
