package io.tidemark.stream.internal;

import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.util.PropertyUtil;

/** Starts writers of data files of a table, in the format and size its properties ask for. */
final class DataFileWriter {

  private final RowDataTaskWriterFactory factory;

  DataFileWriter(Table table, TaskInfo task) {
    Map<String, String> properties = table.properties();
    this.factory =
        new RowDataTaskWriterFactory(
            table,
            FlinkSchemaUtil.convert(table.schema()),
            PropertyUtil.propertyAsLong(
                properties,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT),
            FileFormat.fromString(
                properties.getOrDefault(
                    TableProperties.DEFAULT_FILE_FORMAT,
                    TableProperties.DEFAULT_FILE_FORMAT_DEFAULT)),
            Map.of(),
            null,
            false);
    factory.initialize(task.getIndexOfThisSubtask(), task.getAttemptNumber());
  }

  /** Starts a writer of rows in the table's own columns; the caller completes or aborts it. */
  TaskWriter<RowData> start() {
    return factory.create();
  }
}
