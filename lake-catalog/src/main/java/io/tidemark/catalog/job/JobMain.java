package io.tidemark.catalog.job;

import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Runs a picocli command as a job. Its exit code is 0 where the job did what it was asked, 1 where
 * it failed, 2 where the request cannot be right, 3 where a guard refused; a command that is a
 * {@code Callable<Integer>} may return its own.
 *
 * <p>Errors are shown as one line, with the stack trace under {@code --verbose}. A secret that this
 * process resolved is never shown.
 */
public final class JobMain {

  private static final int FAILED = 1;

  private JobMain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(Object command, String... args) {
    System.exit(run(command, args));
  }

  /**
   * Runs a command as a program of {@code flink run}: the process belongs to a client or to a
   * cluster and is never ended, so a failure is told by throwing.
   *
   * @throws JobFailedException if the exit code would not be 0
   */
  public static void program(Object command, String... args) {
    AtomicReference<String> reason = new AtomicReference<>("its standard error tells why");
    int exit = commandLine(command, reason::set).execute(args);
    if (exit != 0) {
      throw new JobFailedException(exit, reason.get());
    }
  }

  /** Runs a command and returns its exit code. */
  public static int run(Object command, String... args) {
    return commandLine(command).execute(args);
  }

  /** Returns the command line of a command, for callers that redirect its output. */
  public static CommandLine commandLine(Object command) {
    return commandLine(command, reason -> {});
  }

  private static CommandLine commandLine(Object command, Consumer<String> failure) {
    Verbose verbose = new Verbose();
    CommandLine line = new CommandLine(command).addMixin("verbose", verbose);
    addHelp(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (exception, failed, parsed) -> {
          failure.accept(Secrets.redact(message(reason(exception))));
          return explain(exception, failed, verbose.shown);
        });
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
    line.getSubcommands().values().forEach(JobMain::addHelp);
  }

  private static int explain(Exception exception, CommandLine failed, boolean verbose) {
    Throwable reason = reason(exception);
    PrintWriter err = failed.getErr();
    err.println(Secrets.redact("error: " + message(reason)));
    if (verbose) {
      err.println(Secrets.redact(stackTrace(exception)));
    }
    err.flush();
    return reason instanceof LakeException lake ? lake.exitCode() : FAILED;
  }

  /** A job runner wraps what a task threw; what counts is our own exception. */
  private static Throwable reason(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof LakeException) {
        return t;
      }
    }
    return thrown;
  }

  private static String message(Throwable reason) {
    if (reason instanceof LakeException) {
      return reason.getMessage();
    }
    Throwable root = reason;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == reason ? reason.toString() : reason + ", caused by " + root;
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static final class Verbose {
    @Option(
        names = "--verbose",
        scope = ScopeType.INHERIT,
        description = "Show the stack trace of an error.")
    private boolean shown;
  }
}
