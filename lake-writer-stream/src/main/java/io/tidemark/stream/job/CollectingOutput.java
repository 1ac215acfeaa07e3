package io.tidemark.stream.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Keeps what an operator emits for one element; everything else passes it by. */
final class CollectingOutput<T> implements Output<StreamRecord<T>> {

  private final List<T> taken = new ArrayList<>();

  List<T> taken() {
    return taken;
  }

  void clear() {
    taken.clear();
  }

  @Override
  public void collect(StreamRecord<T> element) {
    taken.add(element.getValue());
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> element) {
    throw new UnsupportedOperationException("A projection has no side output: " + tag);
  }

  @Override
  public void emitWatermark(Watermark mark) {}

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void emitWatermark(WatermarkEvent watermark) {}

  @Override
  public void close() {}
}
