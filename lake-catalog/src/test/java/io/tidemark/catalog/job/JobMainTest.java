package io.tidemark.catalog.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.commit.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class JobMainTest {

  @TempDir Path dir;

  private final StringWriter err = new StringWriter();

  @Test
  void aJobThatDoesWhatItWasAskedEndsWithZero() {
    assertThat(run(() -> 0)).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aBadRequestEndsWithTwoAndOneLine() {
    int exit = run(failing(new InvalidRequestException("Cannot read lake.yaml: no such file")));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("error: Cannot read lake.yaml: no such file");
  }

  @Test
  void aRefusalWrappedByAJobRunnerEndsWithThree() {
    RefusedException refused = new RefusedException("Cannot seal [a, b): it is closed");
    int exit = run(failing(new IllegalStateException("Job failed", refused)));
    assertThat(exit).isEqualTo(3);
    assertThat(err.toString()).contains("error: Cannot seal [a, b): it is closed");
  }

  @Test
  void anyOtherFailureEndsWithOneAndNamesItsRoot() {
    int exit = run(failing(new IOException("Job failed", new IOException("disk full"))));
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("Job failed").contains("disk full");
  }

  @Test
  void anUnknownOptionEndsWithTwo() {
    assertThat(run(() -> 0, "--no-such-option")).isEqualTo(2);
  }

  @Test
  void theStackTraceIsShownOnRequestOnly() {
    run(failing(new RefusedException("no")));
    assertThat(err.toString()).doesNotContain("at io.tidemark");
    run(failing(new RefusedException("no")), "--verbose");
    assertThat(err.toString()).contains("at io.tidemark");
  }

  @Test
  void aSubcommandKnowsTheOptionsOfEveryJob() {
    // Given
    CommandLine line = JobMain.commandLine(new Jobs());
    line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter()));
    // When
    int help = line.execute("refusing", "--help");
    int verbose = line.execute("refusing", "--verbose");
    // Then
    assertThat(help).isZero();
    assertThat(verbose).isEqualTo(3);
    assertThat(err.toString()).contains("at io.tidemark");
  }

  @Test
  void aResolvedSecretInTheMessageOfOthersIsNotShown() throws IOException {
    // Given
    Path secret = Files.writeString(dir.resolve("password"), "hunter22\n");
    String value = Secrets.resolve("${file:%s}".formatted(secret));
    // When
    run(failing(new IOException("login failed: password=" + value)), "--verbose");
    // Then
    assertThat(err.toString()).contains("password=${file:").doesNotContain("hunter22");
  }

  @Test
  void aProgramOfAJobRunnerThrowsWhereItFails() {
    Job job = new Job(failing(new RefusedException("Cannot seal [a, b): it is closed")));
    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(() -> JobMain.program(job))
        .withMessage("Cannot seal [a, b): it is closed")
        .matches(failed -> failed.exitCode() == 3);
  }

  private int run(Callable<Integer> body, String... args) {
    CommandLine line = JobMain.commandLine(new Job(body));
    return line.setErr(new PrintWriter(err, true)).execute(args);
  }

  private static Callable<Integer> failing(Exception exception) {
    return () -> {
      throw exception;
    };
  }

  @Command(name = "jobs", subcommands = Refusing.class)
  private static final class Jobs {}

  @Command(name = "refusing")
  private static final class Refusing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new RefusedException("no");
    }
  }

  @Command(name = "job")
  private record Job(Callable<Integer> body) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return body.call();
    }
  }
}
