package io.tidemark.batch.job;

import io.tidemark.catalog.job.JobMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs commands in this process, and keeps what they print. */
abstract class CommandTest {

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  /** Returns the exit code. */
  final int run(Object command, Path manifest, String... arguments) {
    CommandLine line = JobMain.commandLine(command);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(
        Stream.concat(Stream.of("-m", manifest.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
