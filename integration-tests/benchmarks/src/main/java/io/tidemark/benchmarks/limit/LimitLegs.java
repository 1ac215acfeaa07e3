package io.tidemark.benchmarks.limit;

import io.tidemark.benchmarks.measure.JavaCommand;
import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;

/** Runs every leg of a table's load, each in a JVM of its own, cold and warm. */
public final class LimitLegs {
  /** As many as the subjects read with. */
  static final int CONNECTIONS = 2;

  private static final String PASSES = "2";

  private final SourceDatabase source;
  private final JavaCommand java;
  private final Path directory;

  /**
   * Takes a database that is filled.
   *
   * @param directory where the files are written that are thrown away
   */
  public LimitLegs(SourceDatabase source, JavaCommand java, Path directory) {
    this.source = source;
    this.java = java;
    this.directory = directory;
  }

  /** Runs the legs, and returns all passes. */
  public List<LegPass> run(SourceTable table, long rows) throws IOException, InterruptedException {
    List<LegPass> passes = new ArrayList<>(copy(table, 1));
    passes.addAll(copy(table, CONNECTIONS));
    passes.addAll(parquet(table, rows));
    return passes;
  }

  /** The limit that compiled code could reach. */
  public static Limit warm(List<LegPass> passes) {
    return Limit.of(passes, 2);
  }

  /** The limit of a process that has just started. */
  public static Limit cold(List<LegPass> passes) {
    return Limit.of(passes, 1);
  }

  private List<LegPass> copy(SourceTable table, int connections)
      throws IOException, InterruptedException {
    return run(
        java.own(
            CopyLeg.class.getName(),
            List.of(),
            source.url(),
            source.user(),
            source.password(),
            table.tableName(),
            Integer.toString(connections),
            PASSES,
            Long.toString(source.pid())));
  }

  private List<LegPass> parquet(SourceTable table, long rows)
      throws IOException, InterruptedException {
    Path files = directory.resolve("leg");
    try {
      return run(
          java.own(
              ParquetLeg.class.getName(),
              List.of(),
              table.name(),
              Long.toString(rows),
              files.toString(),
              PASSES,
              Long.toString(source.pid())));
    } finally {
      FileUtil.fullyDelete(files.toFile());
    }
  }

  private List<LegPass> run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createDirectories(directory).resolve("leg.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Cannot run a leg: see " + log);
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("{"))
        .map(LegPass::parse)
        .toList();
  }
}
