package io.tidemark.batch.job;

import io.tidemark.batch.SealReport;
import io.tidemark.batch.SealRun;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.job.ManifestOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a seal and a reseal are told. */
final class SealOptions {

  @Mixin private ManifestOption manifest;

  @Parameters(paramLabel = "TABLE", description = "The table, as the manifest names it.")
  private String table;

  @ArgGroup(multiplicity = "1")
  private Windows windows;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "The id of this run; the same id again changes nothing. Random by default.")
  private @Nullable String runId;

  @Option(
      names = "--cut",
      paramLabel = "POSITION",
      description = "The source position that the query covers, to be recorded.")
  private @Nullable String cut;

  @Option(names = "--allow-empty", description = "Let a window lose all of its rows.")
  private boolean allowEmpty;

  @Option(names = "--allow-shrink", description = "Let a window lose more than half of its rows.")
  private boolean allowShrink;

  private static final class Windows {
    @Option(
        names = {"-w", "--window"},
        paramLabel = "START",
        description = "One window by its start: 2026-11-20, 2026-11 or 2026-11-20T10:00+09:00.")
    private @Nullable String start;

    @ArgGroup(exclusive = false)
    private @Nullable Range range;
  }

  private static final class Range {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "START",
        description = "The start of the first of several windows.")
    private String from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "END",
        description = "The end of the last of them, exclusive.")
    private String to;
  }

  /** Returns the run that the options describe. */
  SealRun run() {
    SealRun run = SealRun.of(manifest.load(), table);
    if (windows.start != null) {
      run.window(windows.start);
    } else if (windows.range != null) {
      run.windows(windows.range.from, windows.range.to);
    }
    if (runId != null) {
      run.runId(runId);
    }
    if (cut != null) {
      run.cut(cut);
    }
    if (allowEmpty) {
      run.allow(Allow.EMPTY_WINDOW);
    }
    if (allowShrink) {
      run.allow(Allow.SHRINK);
    }
    return run;
  }

  /** Runs it, shows how far it has come, and prints its report. */
  static void report(SealRun run, CommandLine line) {
    SealReport report;
    try (ProgressLine progress = ProgressLine.on(line.getErr())) {
      report = run.progress(progress::show).run();
    }
    line.getOut().println(report);
  }
}
