package io.tidemark.catalog.job;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rebuilds a table's state from its history after a rollback, a replace or a foreign write. */
@Command(
    name = "repair",
    description = {
      "Rebuild a table's state from its history.",
      "After a rollback, a replace or a foreign write it lists the windows that want a seal or reseal."
    })
public final class RepairCommand implements Runnable {

  @Mixin private ManifestOption manifest;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The table to repair.")
  private String table;

  @Override
  public void run() {
    Manifest loaded = manifest.load();
    TableEntry entry = loaded.table(table);
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      UnifiedTable unified = loaded.loader(entry.name()).load(open.catalog());
      report(unified.repair(), unified.contract().window());
    }
  }

  private void report(RepairReport report, WindowSpec windows) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s   %s%n",
        table, report.historyRewritten() ? "history was rewritten" : "history is in order");
    for (Window range : report.reopened()) {
      out.printf("  reopened %s%n", windows.format(range));
    }
    for (Attention one : report.attention()) {
      out.printf("  wants a seal: %s (%s)%n", windows.format(one.range()), one.reason());
    }
  }
}
