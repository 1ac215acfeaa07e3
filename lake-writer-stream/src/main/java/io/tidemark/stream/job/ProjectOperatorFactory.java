package io.tidemark.stream.job;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.table.data.RowData;

/** Makes the operator around a compiled select, on the task. */
final class ProjectOperatorFactory extends AbstractStreamOperatorFactory<RowData>
    implements OneInputStreamOperatorFactory<RowData, RowData> {

  private static final long serialVersionUID = 1L;

  private final EventType type;
  private final Projection projection;
  private final int required;

  ProjectOperatorFactory(EventType type, Projection projection, int required) {
    this.type = type;
    this.projection = projection;
    this.required = required;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends StreamOperator<RowData>> T createStreamOperator(
      StreamOperatorParameters<RowData> parameters) {
    CollectingOutput<RowData> projected = new CollectingOutput<>();
    projection.calc().setProcessingTimeService(processingTimeService);
    OneInputStreamOperator<RowData, RowData> calc =
        projection.calc().createStreamOperator(emittingInto(projected, parameters));
    return (T)
        new ProjectOperator(parameters, type, projection.result(), required, calc, projected);
  }

  private static StreamOperatorParameters<RowData> emittingInto(
      CollectingOutput<RowData> projected, StreamOperatorParameters<RowData> parameters) {
    return new StreamOperatorParameters<>(
        parameters.getContainingTask(),
        parameters.getStreamConfig(),
        projected,
        parameters::getProcessingTimeService,
        parameters.getOperatorEventDispatcher(),
        parameters.getMailboxExecutor());
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return ProjectOperator.class;
  }
}
