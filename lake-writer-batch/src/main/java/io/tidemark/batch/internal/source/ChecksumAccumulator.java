package io.tidemark.batch.internal.source;

import io.tidemark.batch.internal.columnar.ColumnVector;
import java.util.List;
import org.apache.iceberg.Schema;

/** Adds up rows from their vectors, as {@link SourceSession#checksum} has the database do. */
public final class ChecksumAccumulator {

  private final List<ColumnSum> columns;
  private long rows;

  /**
   * Creates one for rows of a schema.
   *
   * @param schema what {@link SourceQuery#icebergSchema()} says, under whatever ids
   * @param hash how the database adds up what is no number
   */
  public ChecksumAccumulator(Schema schema, ValueHash hash) {
    this.columns =
        schema.columns().stream().map(field -> new ColumnSum(field.type(), hash)).toList();
  }

  /** Adds a batch: one vector per column, all of the same size. */
  public void add(List<ColumnVector> batch) {
    rows += batch.get(0).size();
    for (int i = 0; i < batch.size(); i++) {
      columns.get(i).add(batch.get(i));
    }
  }

  public RangeChecksum checksum() {
    return new RangeChecksum(rows, columns.stream().map(ColumnSum::checksum).toList());
  }
}
