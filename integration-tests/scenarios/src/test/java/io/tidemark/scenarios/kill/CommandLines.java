package io.tidemark.scenarios.kill;

import io.tidemark.batch.job.SealCommand;
import io.tidemark.catalog.job.JobMain;
import io.tidemark.stream.job.StreamCommand;
import java.util.Arrays;

/** Runs command lines one after the other in one process, and prints their exit codes. */
final class CommandLines {

  private CommandLines() {}

  /** Runs lines such as {@code seal ads.clicks --window 2026-11-19}. */
  public static void main(String[] lines) {
    for (String line : lines) {
      String[] words = line.split(" ");
      Object command = words[0].equals("seal") ? new SealCommand() : new StreamCommand();
      int exitCode = JobMain.run(command, Arrays.copyOfRange(words, 1, words.length));
      System.out.println("exit code " + exitCode);
    }
    System.exit(0);
  }
}
