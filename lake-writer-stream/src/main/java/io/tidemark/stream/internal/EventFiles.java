package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.LateRows;
import io.tidemark.catalog.commit.Publish.SideRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;

/** Copies event files of windows that closed before their commit into files of the quarantine. */
final class EventFiles {

  private final UnifiedTable table;
  private final StreamPlan plan;
  private final TaskInfo task;

  EventFiles(UnifiedTable table, StreamPlan plan, TaskInfo task) {
    this.table = table;
    this.plan = plan;
    this.task = task;
  }

  /** Returns the copier of a publish's files. */
  LateRows of(String commitId) {
    return files -> copy(files, commitId);
  }

  private SideRows copy(List<DataFile> files, String commitId) {
    Instant now = Instant.now();
    List<FileScanTask> tasks = files.stream().map(this::scan).toList();
    try (LateTable late = new LateTable(table.late(), plan.source(), task)) {
      TableRows rows = new TableRows(table.table(), plan.source());
      rows.forEach(
          new BaseCombinedScanTask(tasks),
          row -> late.write(row, Verdict.Reason.LATE.toString(), commitId, now));
      return late.complete(0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot copy late rows of %s into its quarantine".formatted(table.identifier()), e);
    }
  }

  private FileScanTask scan(DataFile file) {
    Table iceberg = table.table();
    return new BaseFileScanTask(
        file,
        new DeleteFile[0],
        SchemaParser.toJson(iceberg.schema()),
        PartitionSpecParser.toJson(iceberg.specs().get(file.specId())),
        ResidualEvaluator.unpartitioned(Expressions.alwaysTrue()));
  }
}
