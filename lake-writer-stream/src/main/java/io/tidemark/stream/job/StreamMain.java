package io.tidemark.stream.job;

import io.tidemark.catalog.job.JobMain;

/** The entry point of the job jar. */
public final class StreamMain {

  private StreamMain() {}

  /** Runs {@code stream} and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.main(new StreamCommand(), args);
  }
}
