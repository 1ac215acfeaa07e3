package io.tidemark.catalog.job;

import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The manifest that a command works on; a picocli mixin for every command that needs one. */
public final class ManifestOption {

  @Option(
      names = {"-m", "--manifest"},
      paramLabel = "FILE",
      description = "The manifest; ${DEFAULT-VALUE} by default.",
      defaultValue = "lake.yaml")
  private Path file;

  /**
   * Reads the manifest and validates all of it.
   *
   * @throws io.tidemark.catalog.InvalidRequestException if it cannot be used, with every complaint
   */
  public Manifest load() {
    return Manifest.load(file);
  }
}
