package io.tidemark.stream.job;

import io.tidemark.catalog.job.JobMain;

/** The main class of the job jar: {@code flink run [-d] <jar> ...}. */
public final class StreamMain {

  private StreamMain() {}

  /**
   * Runs {@code stream}.
   *
   * @throws io.tidemark.catalog.job.JobFailedException if it does not end well
   */
  public static void main(String[] args) {
    JobMain.program(new StreamCommand(), args);
  }
}
