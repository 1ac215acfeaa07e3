package io.tidemark.batch.internal.postgres;

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
 * Reads a settled query with several connections that all see one snapshot of the database. Each
 * reader holds one connection; where there is more than one reader, the enumerator holds another
 * for as long as the job runs, or the snapshot would be gone.
 */
public final class PostgresSource
    implements Source<RowData, RangeSplit, ArrayList<RangeSplit>>, ResultTypeQueryable<RowData> {

  private static final long serialVersionUID = 1L;

  private final SettledQuery query;
  private final RowType rowType;

  /**
   * Creates a source.
   *
   * @param rowType the query's columns, in their order
   */
  public PostgresSource(SettledQuery query, RowType rowType) {
    this.query = query;
    this.rowType = rowType;
  }

  /**
   * Returns how many readers make use of the connections that the source allows.
   *
   * @param slots how many tasks there can be
   */
  public int readers(int slots) {
    return Math.max(1, Math.min(slots, query.source().connections() - 1));
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<RangeSplit, ArrayList<RangeSplit>> createEnumerator(
      SplitEnumeratorContext<RangeSplit> context) {
    return new RangeEnumerator(query, context);
  }

  @Override
  public SplitEnumerator<RangeSplit, ArrayList<RangeSplit>> restoreEnumerator(
      SplitEnumeratorContext<RangeSplit> context, ArrayList<RangeSplit> checkpoint) {
    throw new IllegalStateException(
        "Cannot resume reading " + query.source() + ": its snapshot is gone. Start the job again");
  }

  @Override
  public SourceReader<RowData, RangeSplit> createReader(SourceReaderContext context) {
    return RangeReader.create(query, context);
  }

  @Override
  public SimpleVersionedSerializer<RangeSplit> getSplitSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<ArrayList<RangeSplit>> getEnumeratorCheckpointSerializer() {
    return new ObjectSerializer<>();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return InternalTypeInfo.of(rowType);
  }
}
