package io.tidemark.catalog.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NotFoundException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells in one line per table who owns what and what wants doing, or what its last load did. */
@Command(
    name = "status",
    description = {
      "Tell how far tables are sealed, how far streams have come and what is wanting,",
      "and what the last run of each plain table did."
    })
public final class StatusCommand implements Runnable {

  @Mixin private ManifestOption manifest;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "The tables to look at; all of the manifest by default.")
  private List<String> tables = new ArrayList<>();

  private LoadStatus loads;

  @Override
  public void run() {
    Manifest loaded = manifest.load();
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      loads = new LoadStatus(open.catalog());
      if (tables.isEmpty()) {
        loaded.tables().keySet().forEach(name -> show(loaded, open.catalog(), name));
        loaded.loads().values().forEach(load -> show(loaded, open.catalog(), load));
      } else {
        tables.forEach(name -> showNamed(loaded, open.catalog(), name));
      }
    }
  }

  private void show(Manifest loaded, Catalog catalog, LoadEntry load) {
    if (load.isWildcard()) {
      Set<String> others = new HashSet<>(loaded.tables().keySet());
      others.addAll(loaded.loads().keySet());
      loads.of(load, others).forEach(this::print);
    } else {
      show(loaded, catalog, load.name());
    }
  }

  private void showNamed(Manifest loaded, Catalog catalog, String name) {
    LoadEntry load = loaded.loads().get(name);
    if (load == null) {
      show(loaded, catalog, name);
    } else {
      show(loaded, catalog, load);
    }
  }

  private void show(Manifest loaded, Catalog catalog, String name) {
    boolean plain =
        !loaded.tables().containsKey(name)
            && loaded.loads().values().stream().anyMatch(load -> load.mayName(name));
    if (!plain && !loaded.tables().containsKey(name)) {
      throw unknown(loaded, name);
    }
    TableLoader loader = loaded.loader(name);
    print(name, plain ? loads.of(loader.identifier()) : unified(catalog, loader));
  }

  private static InvalidRequestException unknown(Manifest loaded, String name) {
    List<String> names = new ArrayList<>(loaded.tables().keySet());
    names.addAll(loaded.loads().keySet());
    return new InvalidRequestException(
        "Cannot find table %s in the manifest: it has %s".formatted(name, names));
  }

  private static String unified(Catalog catalog, TableLoader loader) {
    try {
      return catalog.tableExists(loader.identifier())
          ? new TableStatus(loader.load(catalog), Instant.now()).toString()
          : "missing: no job has created it yet";
    } catch (InvalidRequestException | NotFoundException e) {
      return "cannot be read: " + Secrets.redact("" + e.getMessage());
    }
  }

  private void print(String name, String status) {
    spec.commandLine().getOut().println(name + "   " + status);
  }
}
