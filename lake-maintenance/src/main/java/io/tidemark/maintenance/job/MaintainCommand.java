package io.tidemark.maintenance.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.job.DurationConverter;
import io.tidemark.catalog.job.ManifestOption;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.maintenance.CompactClosedWindows;
import io.tidemark.maintenance.ExpireSnapshots;
import io.tidemark.maintenance.MaintenanceFailedException;
import io.tidemark.maintenance.MaintenanceReport;
import io.tidemark.maintenance.MaintenanceRun;
import io.tidemark.maintenance.UpdateLedger;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Maintains tables of a manifest: updates the windows ledger, compacts closed windows, expires
 * snapshots. A table that fails does not stop the others; the exit code tells at the end.
 */
@Command(
    name = "maintain",
    sortOptions = false,
    description = {
      "Updates the windows ledger, compacts closed windows and expires old snapshots.",
      "Open windows and what a live writer needs are left alone."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every table was maintained",
      "1:a table failed; the others were maintained all the same",
      "2:the request or the manifest is wrong",
      "3:a guard refused, for every table"
    })
public final class MaintainCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Tables of the manifest.")
  private List<String> tables = new ArrayList<>();

  @Option(names = "--all", description = "All tables of the manifest.")
  private boolean all;

  @Mixin private ManifestOption manifest;

  @Option(
      names = "--compact-to",
      paramLabel = "SIZE",
      defaultValue = "512mb",
      converter = SizeConverter.class,
      description = "Target file size of compacted windows; ${DEFAULT-VALUE} by default.")
  private MemorySize compactTo;

  @Option(
      names = "--expire-older-than",
      paramLabel = "AGE",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description = "Expire snapshots of this age; ${DEFAULT-VALUE} by default.")
  private Duration expireOlderThan;

  @Option(
      names = "--retain-at-most",
      paramLabel = "COUNT",
      description = "Expire all but so many of the newest snapshots, even younger ones.")
  private int retainAtMost = Integer.MAX_VALUE;

  @Option(
      names = "--flight",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How long any writer's commit may take; ${DEFAULT-VALUE} by default.")
  private Duration flight;

  @Option(names = "--dry-run", description = "Report what would be done, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print a JSON object per table, one a line.")
  private boolean json;

  @Override
  public Integer call() {
    Manifest lake = manifest.load();
    Map<String, Integer> codes = new LinkedHashMap<>();
    select(lake).forEach(table -> codes.put(table, maintain(lake, table)));
    List<String> failed = codes.keySet().stream().filter(t -> codes.get(t) != 0).toList();
    if (!failed.isEmpty()) {
      say(
          "error: Cannot maintain %s (%d of %d tables)"
              .formatted(String.join(", ", failed), failed.size(), codes.size()));
    }
    Set<Integer> distinct = Set.copyOf(codes.values());
    return distinct.size() == 1 ? distinct.iterator().next() : FAILED;
  }

  private List<String> select(Manifest lake) {
    if (all == !tables.isEmpty()) {
      throw new InvalidRequestException("Cannot maintain: name the tables, or say --all");
    }
    tables.forEach(lake::table);
    return all ? List.copyOf(new TreeSet<>(lake.tables().keySet())) : tables;
  }

  /** Returns the exit code that the table would have on its own. */
  private int maintain(Manifest lake, String table) {
    try {
      print(run(lake, table).run());
      return 0;
    } catch (MaintenanceFailedException e) {
      print(e.report());
      return e.exitCode();
    } catch (LakeException e) {
      say("error: " + e.getMessage());
      return e.exitCode();
    } catch (RuntimeException e) {
      say("error: Cannot maintain %s: %s".formatted(table, e));
      return FAILED;
    }
  }

  private MaintenanceRun run(Manifest lake, String table) {
    MaintenanceRun run =
        MaintenanceRun.forTable(lake.loader(table))
            .add(UpdateLedger.withMissingSeals())
            .add(CompactClosedWindows.targetFileSize(compactTo))
            .add(
                ExpireSnapshots.olderThan(expireOlderThan)
                    .retainAtMost(retainAtMost)
                    .flight(flight));
    return dryRun ? run.dryRun() : run;
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Secrets.redact(text));
    err.flush();
  }

  private void print(MaintenanceReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Secrets.redact(json ? report.toJson() : report.toString()));
    out.flush();
  }

  /** Reads {@code 512mb} as Flink does, but takes no bare number for bytes: nobody means them. */
  private static final class SizeConverter implements ITypeConverter<MemorySize> {
    @Override
    public MemorySize convert(String text) {
      if (text.strip().chars().allMatch(Character::isDigit)) {
        throw new TypeConversionException("'%s' has no unit; write e.g. 512mb".formatted(text));
      }
      return MemorySize.parse(text);
    }
  }
}
