package io.tidemark.stream.job;

import io.tidemark.stream.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Projects events one by one by the compiled select. What the source could not read, what the
 * select fails on and what has no period or key leaves as a dead letter.
 */
final class ProjectOperator extends AbstractStreamOperator<RowData>
    implements OneInputStreamOperator<RowData, RowData> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final EventType type;
  private final RowType result;
  private final int required;
  private final transient OneInputStreamOperator<RowData, RowData> calc;
  private final transient CollectingOutput<RowData> projected;

  /**
   * @param required how many of the first columns must not be null: the period and the keys
   * @param calc the compiled select, which emits into {@code projected}
   */
  ProjectOperator(
      StreamOperatorParameters<RowData> parameters,
      EventType type,
      RowType result,
      int required,
      OneInputStreamOperator<RowData, RowData> calc,
      CollectingOutput<RowData> projected) {
    super(parameters);
    this.type = type;
    this.result = result;
    this.required = required;
    this.calc = calc;
    this.projected = projected;
  }

  @Override
  public void open() throws Exception {
    super.open();
    calc.open();
  }

  @Override
  public void processElement(StreamRecord<RowData> element) {
    RowData event = element.getValue();
    String problem = type.problem(event);
    if (problem == null) {
      problem = project(element);
    }
    if (problem != null) {
      output.collect(DEAD_LETTERS, new StreamRecord<>(letter(event, problem)));
      return;
    }
    for (RowData row : projected.taken()) {
      output.collect(new StreamRecord<>(row, element.getTimestamp()));
    }
  }

  /** Fills {@code projected}, or returns why the event has no projection. */
  private @Nullable String project(StreamRecord<RowData> element) {
    projected.clear();
    try {
      calc.processElement(element);
    } catch (Exception e) {
      return "select: " + e.getMessage();
    }
    List<String> missing = new ArrayList<>();
    for (RowData row : projected.taken()) {
      for (int i = 0; i < required; i++) {
        if (row.isNullAt(i)) {
          missing.add(result.getFieldNames().get(i));
        }
      }
    }
    return missing.isEmpty() ? null : String.join(", ", missing) + " is null";
  }

  private DeadLetter letter(RowData event, String reason) {
    return new DeadLetter(
        type.payload(event), reason, type.topic(event), type.partition(event), type.offset(event));
  }

  @Override
  public void close() throws Exception {
    calc.close();
    super.close();
  }
}
