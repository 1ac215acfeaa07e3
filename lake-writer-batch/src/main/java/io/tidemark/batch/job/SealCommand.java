package io.tidemark.batch.job;

import io.tidemark.batch.SealRun;
import io.tidemark.catalog.commit.Seal.Allow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes open windows over from the stream with the rows of the manifest's query. */
@Command(
    name = "seal",
    description = {
      "Close windows of a table with the rows of the manifest's query.",
      "It is one commit; it tells how far the stream's figures had drifted."
    })
public final class SealCommand implements Runnable {

  @Mixin private SealOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--allow-ahead",
      description = "Close windows that the stream's committed watermark has not passed.")
  private boolean allowAhead;

  @Override
  public void run() {
    SealRun run = options.run();
    if (allowAhead) {
      run.allow(Allow.AHEAD_OF_WATERMARK);
    }
    SealOptions.report(run, spec.commandLine());
  }
}
