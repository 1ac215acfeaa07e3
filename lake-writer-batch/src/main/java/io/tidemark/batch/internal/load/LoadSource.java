package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.ObjectSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Reads tables and writes their data files; what it brings are {@link LoadEvent}s. */
final class LoadSource
    implements Source<byte[], LoadSplit, ArrayList<LoadSplit>>, ResultTypeQueryable<byte[]> {

  private static final long serialVersionUID = 1L;

  private final ArrayList<TableLoad> loads;

  LoadSource(List<TableLoad> loads) {
    this.loads = new ArrayList<>(loads);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<LoadSplit, ArrayList<LoadSplit>> createEnumerator(
      SplitEnumeratorContext<LoadSplit> context) {
    return new LoadEnumerator(loads, context);
  }

  @Override
  public SplitEnumerator<LoadSplit, ArrayList<LoadSplit>> restoreEnumerator(
      SplitEnumeratorContext<LoadSplit> context, ArrayList<LoadSplit> checkpoint) {
    throw new IllegalStateException("Cannot resume a load: it is one attempt. Start it again");
  }

  @Override
  public SourceReader<byte[], LoadSplit> createReader(SourceReaderContext context) {
    return LoadReader.create(loads, context);
  }

  @Override
  public SimpleVersionedSerializer<LoadSplit> getSplitSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<ArrayList<LoadSplit>> getEnumeratorCheckpointSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public TypeInformation<byte[]> getProducedType() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }
}
