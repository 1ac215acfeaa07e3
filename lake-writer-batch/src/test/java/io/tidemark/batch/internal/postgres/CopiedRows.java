package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.VectorText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;

/** Rows that were copied into vectors, and what the vectors say by the rules of their types. */
final class CopiedRows {

  private final CopyQuery query;
  private final Schema schema;
  private final List<ColumnVector> vectors;
  private final Map<String, Long> unfit = new TreeMap<>();
  private int rows;

  CopiedRows(CopyQuery query) {
    this.query = query;
    this.schema = query.icebergSchema();
    this.vectors = schema.columns().stream().map(c -> ColumnVector.of(c.type())).toList();
  }

  void read(Session session, CopyRange range) {
    try (CopyRows copy = CopyRows.open(session, query, range, null)) {
      while (copy.next()) {
        for (int i = 0; i < vectors.size(); i++) {
          copy.read(i, vectors.get(i));
        }
        rows++;
      }
      copy.unfit().forEach((column, count) -> unfit.merge(column, count, Long::sum));
    }
  }

  int rows() {
    return rows;
  }

  Schema schema() {
    return schema;
  }

  RangeChecksum checksum() {
    ChecksumAccumulator accumulator = new ChecksumAccumulator(schema, new PostgresHash());
    accumulator.add(vectors);
    return accumulator.checksum();
  }

  Map<String, Long> unfit() {
    return unfit;
  }

  ColumnVector vector(String column) {
    return vectors.get(schema.columns().indexOf(schema.findField(column)));
  }

  /** Returns a column's values as text, {@code null} for nulls. */
  List<String> column(String name) {
    ColumnVector vector = vector(name);
    return IntStream.range(0, vector.size())
        .mapToObj(i -> VectorText.of(vector, i, schema.findType(name)))
        .toList();
  }
}
