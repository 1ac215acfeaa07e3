package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Schema;

/**
 * What is read of every range of a table.
 *
 * @param schema the table's schema; empty for a query of the user's
 * @param name the table's name, by which expressions may qualify its columns in every leaf
 * @param columns what to read, at least one
 * @param filter an SQL condition on the rows; empty for all
 * @param onUnmappable what becomes of values that fit no type
 */
record CopyQuery(
    String schema, String name, List<CopyColumn> columns, String filter, OnUnmappable onUnmappable)
    implements SourceQuery {

  CopyQuery {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot read %s: it has no columns".formatted(quoted(schema, name)));
    }
  }

  @Override
  public Schema icebergSchema() {
    return CopySchema.of(columns, types());
  }

  @Override
  public String fingerprint() {
    return columns + " " + onUnmappable;
  }

  @Override
  public ChecksumAccumulator sums(Schema of) {
    return new ChecksumAccumulator(of, new PostgresHash());
  }

  /** Returns the statement that reads a range. */
  String copy(Copied range) {
    return "COPY (" + select(range) + ") TO STDOUT (FORMAT BINARY)";
  }

  /** Returns a query of a range's rows, whose columns are called c0, c1 and so on. */
  String select(Copied range) {
    TypeTable types = types();
    StringJoiner select = new StringJoiner(", ", "SELECT ", "");
    for (int i = 0; i < columns.size(); i++) {
      CopyColumn column = columns.get(i);
      select.add(types.of(column.type()).select(column.expression()) + " AS c" + i);
    }
    return "%s FROM %s AS %s%s".formatted(select, range.from(), alias(), where(range));
  }

  /** Returns the name by which expressions and the filter may call every leaf. */
  String alias() {
    return quoted(name);
  }

  /** Returns the condition on the rows of a range, if there is one. */
  String where(Copied range) {
    StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
    range.conditions().forEach(where::add);
    if (!filter.isEmpty()) {
      where.add("(" + filter + "\n)");
    }
    return where.toString();
  }

  TypeTable types() {
    return types(UnaryOperator.identity());
  }

  /** Returns the table of types with decorated decoders for the elements of arrays. */
  TypeTable types(UnaryOperator<FieldDecoder> elements) {
    return new TypeTable(elements);
  }

  @Override
  public String toString() {
    return isOfQuery() ? "the query" : quoted(schema, name);
  }

  /** Tells whether it reads what a query of the user's brings, and no table. */
  boolean isOfQuery() {
    return schema.isEmpty();
  }
}
