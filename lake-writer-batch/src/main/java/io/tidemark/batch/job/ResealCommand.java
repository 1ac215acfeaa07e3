package io.tidemark.batch.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Corrects closed windows with the rows of the manifest's query. */
@Command(
    name = "reseal",
    description = {
      "Correct closed windows with the rows of the manifest's query.",
      "It is one commit, under a new version."
    })
public final class ResealCommand implements Runnable {

  @Mixin private SealOptions options;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    SealOptions.report(options.run().reseal(), spec.commandLine());
  }
}
