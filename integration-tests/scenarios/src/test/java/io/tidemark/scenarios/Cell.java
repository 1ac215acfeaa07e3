package io.tidemark.scenarios;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.util.List;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;

/** The rows that a stream has for a cell. */
record Cell(Window window, int bucket, List<Row> rows) {

  static Cell cell(Window window, Row... rows) {
    return new Cell(window, 0, List.of(rows));
  }

  static Cell cell(Window window, int bucket, Row... rows) {
    return new Cell(window, bucket, List.of(rows));
  }

  /** Returns the bucket that a row belongs to. */
  static int bucketOf(TableContract contract, Row row) {
    return contract.buckets() == 1
        ? 0
        : Transforms.<Long>bucket(contract.buckets())
            .bind(Types.LongType.get())
            .apply(row.campaign());
  }

  boolean holds(TableContract contract, Row row) {
    return History.holds(window, row) && bucketOf(contract, row) == bucket;
  }

  /** Writes the rows. */
  OpenFiles write(UnifiedTable table) {
    return new OpenFiles(window, bucket, Rows.write(table, rows), rows.size());
  }
}
