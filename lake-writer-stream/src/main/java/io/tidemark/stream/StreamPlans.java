package io.tidemark.stream;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.stream.internal.StreamPlan;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.jspecify.annotations.Nullable;

/** Checks a stream's type against the table's contract while the job is built. */
final class StreamPlans {

  private StreamPlans() {}

  static StreamPlan of(
      TableLoader loader, String streamId, RowType type, @Nullable StreamToken takenOver) {
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      UnifiedTable table = loader.load(open.catalog());
      TableContract contract = table.contract();
      check(loader, contributionsOf(contract, table.table().schema()), type);
      return new StreamPlan(loader, streamId, contract, type, takenOver, table.state().reopened());
    }
  }

  /** Returns the type of a contribution to a table: its source columns in their order. */
  private static RowType contributionsOf(TableContract contract, Schema schema) {
    List<RowType.RowField> fields =
        contract.sourceColumns().stream()
            .map(name -> new RowType.RowField(name, FlinkSchemaUtil.convert(schema.findType(name))))
            .toList();
    return new RowType(fields);
  }

  private static void check(TableLoader loader, RowType expected, RowType actual) {
    boolean fits = expected.getFieldCount() == actual.getFieldCount();
    for (int i = 0; fits && i < expected.getFieldCount(); i++) {
      fits =
          expected.getFieldNames().get(i).equals(actual.getFieldNames().get(i))
              && nullable(expected.getTypeAt(i)).equals(nullable(actual.getTypeAt(i)));
    }
    if (!fits) {
      throw new InvalidRequestException(
          "Cannot stream into %s: the contributions are %s, expected %s"
              .formatted(loader.table(), actual.asSummaryString(), expected.asSummaryString()));
    }
  }

  private static LogicalType nullable(LogicalType type) {
    return type.copy(true);
  }
}
