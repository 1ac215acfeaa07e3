package io.tidemark.batch;

import io.tidemark.catalog.ledger.Drift;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobExecutionResult;

/**
 * What became of a seal, as the job that ran it tells.
 *
 * @param table the table, dotted
 * @param runId the run that sealed
 * @param spec how the table's time line is cut
 * @param windows the windows sealed, ascending
 * @param alreadySealed whether the run had sealed these windows before, and nothing was done
 * @param rowsBefore the rows taken out, of all owners
 * @param rowsAfter the rows of the batch
 * @param snapshotId the snapshot that holds the seal
 * @param boundary the table's boundary after the seal
 * @param drift one per window, or empty where it is unknown
 * @param took from the start of the commit's task to the end of the commit
 */
public record SealReport(
    String table,
    String runId,
    WindowSpec spec,
    List<Window> windows,
    boolean alreadySealed,
    long rowsBefore,
    long rowsAfter,
    long snapshotId,
    Instant boundary,
    List<Drift> drift,
    Duration took)
    implements Serializable {

  private static final String ACCUMULATOR = "tidemark-seal ";

  public SealReport {
    windows = List.copyOf(windows);
    drift = List.copyOf(drift);
  }

  /** Returns the name of the accumulator that a job leaves a report in. */
  public static String accumulator(String table, String runId) {
    return ACCUMULATOR + table + " " + runId;
  }

  /** Returns the report that a finished job left, if it ran that seal. */
  public static Optional<SealReport> of(JobExecutionResult result, String table, String runId) {
    Map<String, Object> left = result.getAllAccumulatorResults();
    return Optional.ofNullable((SealReport) left.get(accumulator(table, runId)));
  }

  /** Returns the range from the first window to the last. */
  public Window range() {
    return new Window(windows.get(0).lo(), windows.get(windows.size() - 1).hi());
  }

  /** Shows the seal, and a line per window whose figures drifted. */
  @Override
  public String toString() {
    if (alreadySealed) {
      return "%s %s was sealed by run %s before: nothing to do"
          .formatted(table, spec.format(range()), runId);
    }
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s %s sealed by run %s: %,d rows for %,d, snapshot %d, sealed through %s, %.1f s",
                table,
                spec.format(range()),
                runId,
                rowsAfter,
                rowsBefore,
                snapshotId,
                boundary.atZone(spec.zone()).toOffsetDateTime(),
                took.toMillis() / 1000.0));
    drift.forEach(d -> text.append(System.lineSeparator()).append("  drift ").append(d.show(spec)));
    return text.toString();
  }
}
