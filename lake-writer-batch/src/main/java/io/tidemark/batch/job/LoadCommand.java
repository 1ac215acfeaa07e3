package io.tidemark.batch.job;

import io.tidemark.batch.LoadReport;
import io.tidemark.batch.LoadRun;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.job.ManifestOption;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads plain tables from their databases. */
@Command(
    name = "load",
    description = {
      "Load plain tables from their databases, all in one job.",
      "A table that cannot be loaded keeps the rows it had and does not hold up the others."
    })
public final class LoadCommand implements Callable<Integer> {

  @Mixin private ManifestOption manifest;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "The tables to load, as the manifest names them; its wildcards too.")
  private List<String> tables = new ArrayList<>();

  @Option(names = "--all", description = "Load all tables of the manifest that have a load.")
  private boolean all;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "The id of this run; what landed under it is not loaded again. Random by default.")
  private @Nullable String runId;

  @Option(
      names = "--full",
      description = "Load all there is, whatever was loaded before, and go on from there.")
  private boolean full;

  @Option(
      names = "--from",
      paramLabel = "VALUE",
      description =
          "With --to: load the rows whose cursor is in this range, which is over and not loaded yet; for tables in mode append.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "VALUE",
      description = "The value that the range ends before.")
  private @Nullable String to;

  @Option(
      names = "--parity",
      paramLabel = "WHAT",
      description =
          "What must be the same in the database and in the files: rows or checksums; as the manifest says by default.")
  private @Nullable Parity parity;

  @Override
  public Integer call() {
    if (all == !tables.isEmpty()) {
      throw new InvalidRequestException("Cannot load: name the tables, or say --all");
    }
    LoadRun run = LoadRun.of(manifest.load());
    tables.forEach(run::table);
    run.runId(runId == null ? newRun() : runId);
    if (parity != null) {
      run.parity(parity);
    }
    setExtent(run);
    LoadReport report;
    try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
      report = run.progress(progress::show).run();
    }
    report.outcomes().forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return report.exitCode();
  }

  private void setExtent(LoadRun run) {
    if ((from == null) != (to == null) || (full && from != null)) {
      throw new InvalidRequestException(
          "Cannot load: say --full, or both --from and --to, or none");
    }
    if (full) {
      run.full();
    } else if (from != null) {
      run.range(from, to);
    }
  }

  /** Whoever is to take up a run that was killed has to know its id. */
  private String newRun() {
    String id = UUID.randomUUID().toString();
    spec.commandLine().getErr().println("Run " + id + ", which --run-id takes up where it ends");
    return id;
  }
}
