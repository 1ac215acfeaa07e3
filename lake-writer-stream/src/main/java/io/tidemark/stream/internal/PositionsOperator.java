package io.tidemark.stream.internal;

import io.tidemark.stream.SourcePosition;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Follows how far each partition has been read and says so at every barrier. It runs beside the
 * source, in one chain with it, so that the barrier cuts both at the same event.
 */
public final class PositionsOperator extends AbstractStreamOperator<Piece>
    implements OneInputStreamOperator<SourcePosition, Piece> {

  private static final long serialVersionUID = 1L;

  private transient Map<String, Long> reached;

  @Override
  public void open() throws Exception {
    super.open();
    reached = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<SourcePosition> element) {
    SourcePosition position = element.getValue();
    reached.merge(position.partition(), position.next(), Math::max);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    if (!reached.isEmpty()) {
      output.collect(new StreamRecord<>(Flush.ofPositions(reached)));
      reached.clear();
    }
  }
}
