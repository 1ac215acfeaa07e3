package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.Publish.SideRows;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Writes contributions into files of the quarantine. */
final class LateTable implements Closeable {

  private final SideRowsWriter files;
  private final List<String> columns;
  private final RowData.FieldGetter[] getters;

  LateTable(Table late, RowType source, TaskInfo task) {
    this.files = new SideRowsWriter(late, task);
    this.columns = source.getFieldNames();
    this.getters = new RowData.FieldGetter[columns.size()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(source.getTypeAt(i), i);
    }
  }

  void write(RowData row, String reason, String commitId, Instant now) throws IOException {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < getters.length; i++) {
      values.put(columns.get(i), getters[i].getFieldOrNull(row));
    }
    values.put("quarantined_at", TimestampData.fromInstant(now));
    values.put("reason", StringData.fromString(reason));
    values.put("commit_id", StringData.fromString(commitId));
    files.write(values);
  }

  /** Completes the files of the rows written since the last call. */
  SideRows complete(long dropped, long covered) throws IOException {
    return files.complete(dropped, covered);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
