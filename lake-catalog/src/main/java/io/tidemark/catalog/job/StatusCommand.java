package io.tidemark.catalog.job;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells in one line per table who owns what and what wants doing. */
@Command(
    name = "status",
    description = "Tell how far tables are sealed, how far streams have come and what is wanting.")
public final class StatusCommand implements Runnable {

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
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      for (TableEntry entry : ManifestOption.select(loaded, tables)) {
        String status = status(open.catalog(), loaded.loader(entry.name()));
        spec.commandLine().getOut().println(entry.name() + "   " + status);
      }
    }
  }

  private static String status(Catalog catalog, TableLoader loader) {
    return catalog.tableExists(loader.identifier())
        ? new TableStatus(loader.load(catalog), Instant.now()).toString()
        : "missing: no job has created it yet";
  }
}
