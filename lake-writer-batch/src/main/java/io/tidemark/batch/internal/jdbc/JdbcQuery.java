package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What is read of every range of a table.
 *
 * @param dialect the database
 * @param relation the table
 * @param from what to select from: the table, or a query
 * @param columns what to read, at least one
 * @param filter an SQL condition on the rows; empty for all
 * @param onUnmappable what becomes of values that do not fit
 */
record JdbcQuery(
    Dialect dialect,
    Relation relation,
    String from,
    List<JdbcSelection> columns,
    String filter,
    OnUnmappable onUnmappable)
    implements SourceQuery {

  JdbcQuery {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new InvalidRequestException("Cannot read %s: it has no columns".formatted(relation));
    }
  }

  @Override
  public Schema icebergSchema() {
    List<NestedField> fields = new ArrayList<>();
    Set<Integer> identifier = new HashSet<>();
    boolean identifies = true;
    for (int i = 0; i < columns.size(); i++) {
      JdbcSelection column = columns.get(i);
      int id = i + 1;
      if (column.required()) {
        identifier.add(id);
        TypeID type = column.type().typeId();
        identifies &= type != TypeID.FLOAT && type != TypeID.DOUBLE;
        fields.add(NestedField.required(id, column.name(), column.type()));
      } else {
        fields.add(NestedField.optional(id, column.name(), column.type()));
      }
    }
    return new Schema(fields, identifies ? identifier : Set.of());
  }

  @Override
  public String fingerprint() {
    return columns + " " + onUnmappable;
  }

  @Override
  public ChecksumAccumulator sums(Schema of) {
    return new ChecksumAccumulator(of, dialect.hash());
  }

  @Override
  public Set<String> counted() {
    return columns.stream()
        .filter(column -> dialect.number("", column.type()).isEmpty())
        .map(JdbcSelection::name)
        .collect(Collectors.toSet());
  }

  /** Returns a query of a range's rows, whose columns are called c0, c1 and so on. */
  String select(KeyRange range) {
    return "SELECT " + list() + from(range);
  }

  /** Returns the columns to select. */
  String list() {
    StringJoiner list = new StringJoiner(", ");
    for (int i = 0; i < columns.size(); i++) {
      list.add(columns.get(i).expression() + " AS c" + i);
    }
    return list.toString();
  }

  /** Returns where the rows of a range come from; expressions call the table by its name. */
  String from(KeyRange range) {
    StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
    range.conditions(dialect).forEach(where::add);
    if (!filter.isEmpty()) {
      where.add("(" + filter + "\n)");
    }
    return " FROM %s %s%s".formatted(from, dialect.quoted(relation.table()), where);
  }

  /** Tells whether it reads what a query of the user's brings, and no table. */
  boolean isOfQuery() {
    return !from.equals(dialect.qualified(relation));
  }

  @Override
  public String toString() {
    return isOfQuery() ? "the query" : from;
  }
}
