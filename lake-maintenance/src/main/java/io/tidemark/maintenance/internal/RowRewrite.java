package io.tidemark.maintenance.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.util.SerializableSupplier;

/**
 * The rewrite of one group: its rows, without deleted ones, in files of the table's current spec
 * and schema. Closed before it is finished, it deletes what it wrote. For one thread.
 */
final class RowRewrite implements AutoCloseable {

  private final Table table;
  private final FileGroup group;
  private final Schema schema;
  private final RowType rowType;
  private final TaskWriter<RowData> writer;
  private long rowsRead;
  private boolean finished;

  RowRewrite(Table table, FileGroup group) {
    this.table = table;
    this.group = group;
    this.schema =
        TableUtil.supportsRowLineage(table)
            ? MetadataColumns.schemaWithRowLineage(table.schema())
            : table.schema();
    this.rowType = FlinkSchemaUtil.convert(schema);
    this.writer = writer();
  }

  /** Returns how many rows were read. */
  long rowsRead() {
    return rowsRead;
  }

  /** Writes the rows in the order they are read. */
  List<DataFile> asRead() throws IOException {
    try (DataIterator<RowData> rows = read()) {
      while (rows.hasNext()) {
        write(rows.next());
      }
    }
    return finish();
  }

  /** Writes the rows in the table's sort order; all of them are held in memory. */
  List<DataFile> sorted() throws IOException {
    SortOrder order = table.sortOrder();
    if (order.isUnsorted()) {
      return asRead();
    }
    RowDataSerializer serializer = new RowDataSerializer(rowType);
    List<RowData> held = new ArrayList<>();
    try (DataIterator<RowData> rows = read()) {
      while (rows.hasNext()) {
        held.add(serializer.toBinaryRow(rows.next()).copy());
      }
    }
    held.sort(comparator(order));
    for (RowData row : held) {
      write(row);
    }
    return finish().stream().map(file -> inOrder(file, order)).toList();
  }

  private void write(RowData row) throws IOException {
    rowsRead++;
    writer.write(row);
  }

  private List<DataFile> finish() throws IOException {
    List<DataFile> files = Arrays.asList(writer.dataFiles());
    finished = true;
    return files;
  }

  private DataFile inOrder(DataFile file, SortOrder order) {
    return DataFiles.builder(table.spec()).copy(file).withSortOrder(order).build();
  }

  private Comparator<RowData> comparator(SortOrder order) {
    Comparator<StructLike> rows = SortOrderComparators.forSchema(schema, order);
    RowDataWrapper left = new RowDataWrapper(rowType, schema.asStruct());
    RowDataWrapper right = new RowDataWrapper(rowType, schema.asStruct());
    return (a, b) -> rows.compare(left.wrap(a), right.wrap(b));
  }

  private DataIterator<RowData> read() {
    RowDataFileScanTaskReader reader =
        new RowDataFileScanTaskReader(
            table.schema(),
            schema,
            table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
            true,
            List.of());
    return new DataIterator<>(
        reader, new BaseCombinedScanTask(group.tasks()), table.io(), table.encryption());
  }

  private TaskWriter<RowData> writer() {
    String format =
        table
            .properties()
            .getOrDefault(
                TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT);
    SerializableSupplier<Table> supplier = () -> table;
    RowDataTaskWriterFactory factory =
        new RowDataTaskWriterFactory(
            supplier,
            rowType,
            group.fileBytes(),
            FileFormat.fromString(format),
            table.properties(),
            null,
            false,
            schema,
            table.spec());
    factory.initialize(0, 0);
    return factory.create();
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      writer.close();
    } else {
      writer.abort();
    }
  }
}
