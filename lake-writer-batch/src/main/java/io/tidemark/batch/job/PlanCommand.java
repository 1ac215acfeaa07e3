package io.tidemark.batch.job;

import io.tidemark.batch.internal.load.FleetPlan;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.job.ManifestOption;
import io.tidemark.catalog.job.TablePlan;
import io.tidemark.catalog.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Validates a manifest and compares it with the tables there are, and its loads with their
 * databases. Changes nothing.
 */
@Command(
    name = "plan",
    description = {
      "Validate the manifest and tell how it differs from the tables there are,",
      "what loads would read, and what is in their way. Changes nothing."
    })
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
    List<TablePlan> plans;
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      plans = plans(loaded, open.catalog());
    }
    plans.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    check(plans);
  }

  private List<TablePlan> plans(Manifest loaded, Catalog catalog) {
    Set<String> unified = new LinkedHashSet<>(tables);
    Set<String> plain = new LinkedHashSet<>(tables);
    plain.removeAll(loaded.tables().keySet());
    unified.removeAll(plain);
    if (tables.isEmpty()) {
      unified.addAll(loaded.tables().keySet());
    }
    if (loaded.loads().isEmpty()) {
      plain.forEach(loaded::table);
    }
    List<TablePlan> plans = new ArrayList<>();
    for (String name : unified) {
      plans.add(TablePlan.of(catalog, loaded.loader(name).identifier(), loaded.table(name)));
    }
    if (tables.isEmpty() || !plain.isEmpty()) {
      plans.addAll(FleetPlan.of(loaded, catalog, plain));
    }
    return plans;
  }

  private static void check(List<TablePlan> plans) {
    String wrong =
        plans.stream()
            .filter(plan -> !plan.feasible())
            .map(TablePlan::table)
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot carry out the manifest for %s: the output tells why".formatted(wrong));
    }
  }
}
