package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.ObjectSerializer;
import java.util.ArrayList;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads a settled query, with several connections where they can all see one snapshot. Each reader
 * holds one connection; where there is more than one reader, the enumerator holds another for as
 * long as the job runs, or the snapshot would be gone.
 */
public final class SettledSource
    implements Source<RowData, SettledSplit, ArrayList<SettledSplit>>,
        ResultTypeQueryable<RowData> {

  private static final long serialVersionUID = 1L;

  private final SettledRead read;
  private final RowType rowType;

  /**
   * Creates a source.
   *
   * @param rowType the contract's source columns, in their order
   */
  public SettledSource(SettledRead read, RowType rowType) {
    this.read = read;
    this.rowType = rowType;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<SettledSplit, ArrayList<SettledSplit>> createEnumerator(
      SplitEnumeratorContext<SettledSplit> context) {
    return new SettledEnumerator(read, context);
  }

  @Override
  public SplitEnumerator<SettledSplit, ArrayList<SettledSplit>> restoreEnumerator(
      SplitEnumeratorContext<SettledSplit> context, ArrayList<SettledSplit> checkpoint) {
    throw new IllegalStateException(
        "Cannot resume reading "
            + read.query().source()
            + ": its snapshot is gone. Start the job again");
  }

  @Override
  public SourceReader<RowData, SettledSplit> createReader(SourceReaderContext context) {
    return SettledReader.create(read, context);
  }

  @Override
  public SimpleVersionedSerializer<SettledSplit> getSplitSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<ArrayList<SettledSplit>> getEnumeratorCheckpointSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return InternalTypeInfo.of(rowType);
  }
}
