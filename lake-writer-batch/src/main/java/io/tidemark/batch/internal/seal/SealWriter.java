package io.tidemark.batch.internal.seal;

import io.tidemark.batch.internal.UncommittedFiles;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.contract.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.flink.sink.FlinkFileWriterFactory;
import org.apache.iceberg.io.ClusteredDataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes sorted rows to data files and audits them on the way. At the end of its input it hands
 * both on as a {@link SealPart}; what it wrote and could not hand on, it deletes.
 */
final class SealWriter extends AbstractStreamOperator<byte[]>
    implements OneInputStreamOperator<RowData, byte[]>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final TableLoader loader;
  private final RowLayout layout;
  private final WindowIndex windows;

  private transient @Nullable OpenCatalog open;
  private transient FileIO io;
  private transient @Nullable ClusteredDataWriter<RowData> writer;
  private transient RowAudit audit;
  private transient PartitionKey partition;
  private transient RowDataWrapper view;

  SealWriter(TableLoader loader, RowLayout layout, WindowIndex windows) {
    this.loader = loader;
    this.layout = layout;
    this.windows = windows;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) {
    throw OneAttempt.noCheckpoints(loader.table());
  }

  @Override
  public void open() throws Exception {
    super.open();
    audit = new RowAudit(layout, windows);
    partition = new PartitionKey(layout.spec(), layout.schema());
    view = layout.view();
    open = OpenCatalog.of(loader.catalog());
    Table table = loader.load(open.catalog()).table();
    io = table.io();
    writer = newWriter(table);
  }

  @Override
  public void processElement(StreamRecord<RowData> element) {
    RowData row = element.getValue();
    if (audit.accepts(row)) {
      partition.partition(view.wrap(row));
      writer.write(row, layout.spec(), partition);
    }
  }

  @Override
  public void endInput() throws Exception {
    writer.close();
    List<DataFile> files = List.copyOf(writer.result().dataFiles());
    output.collect(new StreamRecord<>(new SealPart(files, audit.found()).toBytes()));
    writer = null;
  }

  @Override
  public void close() throws Exception {
    try {
      discard();
    } finally {
      if (open != null) {
        open.close();
      }
      super.close();
    }
  }

  /** Nobody knows of files that were not handed on: they cannot be in any commit. */
  private void discard() throws Exception {
    if (writer != null) {
      writer.close();
      UncommittedFiles.delete(io, writer.result().dataFiles());
      writer = null;
    }
  }

  private ClusteredDataWriter<RowData> newWriter(Table table) {
    Map<String, String> properties = new TreeMap<>(table.properties());
    properties.putIfAbsent(TableProperties.PARQUET_COMPRESSION, "zstd");
    FlinkFileWriterFactory files =
        new FlinkFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(layout.schema())
            .dataFlinkType(layout.rowType())
            .dataSortOrder(order(table))
            .writerProperties(properties)
            .build();
    OutputFileFactory names =
        OutputFileFactory.builderFor(
                table,
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                getRuntimeContext().getTaskInfo().getAttemptNumber())
            .defaultSpec(layout.spec())
            .format(FileFormat.PARQUET)
            .build();
    long targetSize =
        PropertyUtil.propertyAsLong(
            properties,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    return new ClusteredDataWriter<>(files, names, table.io(), targetSize);
  }

  /** Files say that they are sorted only where the table's order is the one they are in. */
  private SortOrder order(Table table) {
    SortOrder ours = TableLayout.sortOrder(layout.contract(), table.schema());
    return ours.sameOrder(table.sortOrder()) ? table.sortOrder() : SortOrder.unsorted();
  }
}
