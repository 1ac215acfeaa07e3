package io.tidemark.maintenance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.junit.jupiter.api.Test;

class LandingTest {

  private static final Window DAY =
      new Window(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));

  @Test
  void groupThatLostARowOnTheWayIsNotCommitted() {
    FileGroup group = new FileGroup(DAY, 1, List.of(task(10)), 1, 1_000, true);

    assertThat(landing(group, 10, 9).complaint())
        .hasValueSatisfying(
            c -> assertThat(c).contains("10 rows in its files, 10 read, 9 written"));
    assertThat(landing(group, 9, 9).complaint()).isPresent();
    assertThat(landing(group, 10, 10).complaint()).isEmpty();
  }

  private static Landing landing(FileGroup group, long read, long written) {
    return new Landing(group, new RewrittenGroup(0, read, List.of(file(written)), null));
  }

  private static FileScanTask task(long rows) {
    PartitionSpec spec = PartitionSpec.unpartitioned();
    return new BaseFileScanTask(
        file(rows),
        new DeleteFile[0],
        SchemaParser.toJson(spec.schema()),
        PartitionSpecParser.toJson(spec),
        ResidualEvaluator.unpartitioned(Expressions.alwaysTrue()));
  }

  private static DataFile file(long rows) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("memory:/" + rows + ".parquet")
        .withFileSizeInBytes(100)
        .withRecordCount(rows)
        .build();
  }
}
