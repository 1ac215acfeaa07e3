package io.tidemark.batch;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a run of loads.
 *
 * @param runId the run
 * @param outcomes one per table, in the order asked for
 */
public record LoadReport(String runId, List<LoadOutcome> outcomes) {

  public LoadReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the tables that were not loaded. */
  public List<LoadOutcome.Failed> failed() {
    return outcomes.stream()
        .filter(LoadOutcome.Failed.class::isInstance)
        .map(LoadOutcome.Failed.class::cast)
        .toList();
  }

  /**
   * Returns the exit code of the run: 0 where every table is loaded; where none is and all failed
   * alike, their code; else 1.
   */
  public int exitCode() {
    List<LoadOutcome.Failed> failed = failed();
    if (failed.isEmpty()) {
      return 0;
    }
    List<Integer> codes = failed.stream().map(LoadOutcome.Failed::exitCode).distinct().toList();
    return failed.size() == outcomes.size() && codes.size() == 1 ? codes.get(0) : 1;
  }

  /** Shows a line per table. */
  @Override
  public String toString() {
    return outcomes.stream()
        .map(LoadOutcome::toString)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
