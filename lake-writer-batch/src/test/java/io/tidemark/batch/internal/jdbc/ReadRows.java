package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.VectorText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;

/** The rows of some ranges, read into vectors. */
final class ReadRows {

  private final SourceQuery query;
  private final Schema schema;
  private final List<ColumnVector> vectors;
  private final Map<String, Long> unfit = new TreeMap<>();
  private String proof = "";

  ReadRows(SourceQuery query) {
    this.query = query;
    this.schema = query.icebergSchema();
    this.vectors = schema.columns().stream().map(c -> ColumnVector.of(c.type())).toList();
  }

  ReadRows read(SourceSession session, SourceRange range) {
    try (SourceRows rows = session.read(query, range)) {
      while (rows.next()) {
        for (int i = 0; i < vectors.size(); i++) {
          rows.read(i, vectors.get(i));
        }
      }
      rows.unfit().forEach((column, count) -> unfit.merge(column, count, Long::sum));
      proof = rows.proof().orElse("");
    }
    return this;
  }

  int rows() {
    return vectors.get(0).size();
  }

  Schema schema() {
    return schema;
  }

  String proof() {
    return proof;
  }

  Map<String, Long> unfit() {
    return unfit;
  }

  RangeChecksum checksum() {
    ChecksumAccumulator accumulator = query.sums(schema);
    accumulator.add(vectors);
    return accumulator.checksum();
  }

  /** Returns a column's values as text, {@code null} for nulls. */
  List<String> column(String name) {
    ColumnVector vector = vectors.get(schema.columns().indexOf(schema.findField(name)));
    return IntStream.range(0, vector.size())
        .mapToObj(i -> VectorText.of(vector, i, schema.findType(name)))
        .toList();
  }
}
