package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.Publish.SideRows;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Writes rows for a table beside the main one, and hands the files over at a barrier. */
final class SideRowsWriter implements Closeable {

  private final DataFileWriter files;
  private final Map<String, Integer> columns = new HashMap<>();
  private @Nullable TaskWriter<RowData> writer;
  private long rows;

  SideRowsWriter(Table table, TaskInfo task) {
    this.files = new DataFileWriter(table, task);
    for (Types.NestedField field : table.schema().columns()) {
      columns.put(field.name(), columns.size());
    }
  }

  /** Writes a row given by its columns, in Flink's internal values; the others are null. */
  void write(Map<String, @Nullable Object> values) throws IOException {
    GenericRowData row = new GenericRowData(columns.size());
    columns.forEach((name, position) -> row.setField(position, values.get(name)));
    TaskWriter<RowData> open = writer == null ? files.start() : writer;
    writer = open;
    open.write(row);
    rows++;
  }

  /** Completes the files of the rows written since the last call. */
  SideRows complete(long dropped, long covered) throws IOException {
    List<DataFile> written = writer == null ? List.of() : Arrays.asList(writer.dataFiles());
    SideRows side = new SideRows(written, rows, dropped, covered);
    writer = null;
    rows = 0;
    return side;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.abort();
    }
  }
}
