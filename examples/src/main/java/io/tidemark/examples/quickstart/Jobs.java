package io.tidemark.examples.quickstart;

import io.tidemark.catalog.job.JobMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the launcher's jobs on the story's manifest, and tells what they print. */
final class Jobs {

  private final Path manifest;
  private final Narrator narrator;

  Jobs(Path manifest, Narrator narrator) {
    this.manifest = manifest;
    this.narrator = narrator;
  }

  /**
   * Runs a job to its end.
   *
   * @throws IllegalStateException if its exit code is not 0
   */
  void run(Object job, String... args) {
    narrator.command(shown(job, args));
    StringWriter output = new StringWriter();
    int exit = commandLine(job, output).execute(complete(args));
    narrator.say(output.toString().stripTrailing());
    if (exit != 0) {
      throw new IllegalStateException(
          "Cannot go on: %s ended with exit code %d".formatted(shown(job, args), exit));
    }
  }

  private static CommandLine commandLine(Object job, StringWriter output) {
    PrintWriter writer = new PrintWriter(output, true);
    return JobMain.commandLine(job).setOut(writer).setErr(writer);
  }

  private String[] complete(String... args) {
    List<String> complete = new ArrayList<>(List.of(args));
    complete.add("--manifest");
    complete.add(manifest.toString());
    return complete.toArray(String[]::new);
  }

  private static String shown(Object job, String... args) {
    return "./lake " + new CommandLine(job).getCommandName() + " " + String.join(" ", args);
  }
}
