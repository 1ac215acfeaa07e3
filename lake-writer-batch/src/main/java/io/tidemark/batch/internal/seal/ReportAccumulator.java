package io.tidemark.batch.internal.seal;

import io.tidemark.batch.SealReport;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;
import org.jspecify.annotations.Nullable;

/** Carries a report from the task that committed to whoever started the job. */
final class ReportAccumulator implements SimpleAccumulator<@Nullable SealReport> {

  private static final long serialVersionUID = 1L;

  private @Nullable SealReport report;

  @Override
  public void add(@Nullable SealReport value) {
    report = value;
  }

  @Override
  public @Nullable SealReport getLocalValue() {
    return report;
  }

  @Override
  public void resetLocal() {
    report = null;
  }

  @Override
  public void merge(Accumulator<@Nullable SealReport, @Nullable SealReport> other) {
    report = report == null ? other.getLocalValue() : report;
  }

  @Override
  public Accumulator<@Nullable SealReport, @Nullable SealReport> clone() {
    ReportAccumulator copy = new ReportAccumulator();
    copy.report = report;
    return copy;
  }
}
