package io.tidemark.catalog.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableEntry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a manifest and compares it with the tables there are. Changes nothing. */
@Command(
    name = "plan",
    description = "Validate the manifest and tell how it differs from the tables there are.")
public final class PlanCommand implements Runnable {

  @Mixin private ManifestOption manifest;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "The tables to look at; all of the manifest by default.")
  private List<String> tables = new ArrayList<>();

  @Override
  public void run() {
    Manifest loaded = manifest.load();
    List<String> differing = new ArrayList<>();
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      for (TableEntry entry : ManifestOption.select(loaded, tables)) {
        TablePlan plan =
            TablePlan.of(open.catalog(), loaded.loader(entry.name()).identifier(), entry);
        spec.commandLine().getOut().println(plan);
        if (!plan.feasible()) {
          differing.add(entry.name());
        }
      }
    }
    if (!differing.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot carry out the manifest: another contract governs %s"
              .formatted(String.join(", ", differing)));
    }
  }
}
