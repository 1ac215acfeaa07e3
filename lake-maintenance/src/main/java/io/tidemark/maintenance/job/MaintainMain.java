package io.tidemark.maintenance.job;

import io.tidemark.catalog.job.JobMain;

/** The main class of the job jar: {@code flink run <jar> ...}. */
public final class MaintainMain {

  private MaintainMain() {}

  /**
   * Runs {@code maintain}.
   *
   * @throws io.tidemark.catalog.job.JobFailedException if it does not end well
   */
  public static void main(String... args) {
    JobMain.program(new MaintainCommand(), args);
  }
}
