package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a database's catalog says of a table or view.
 *
 * @param dialect the database
 * @param relation its schema, or what the database has in its place, and name
 * @param query the query that brings its rows, where it is no table but what the query brings
 * @param columns its columns in their order
 * @param key the key that tells its rows apart, or null
 * @param estimatedRows about how many rows it has, or -1
 * @param bytes about what it takes in the database, or 0
 */
record JdbcTable(
    Dialect dialect,
    Relation relation,
    @Nullable String query,
    List<JdbcColumn> columns,
    @Nullable TableKey key,
    long estimatedRows,
    long bytes)
    implements SourceTable {

  JdbcTable {
    columns = List.copyOf(columns);
  }

  /** Returns what to select from. */
  String from() {
    return query == null ? dialect.qualified(relation) : "(\n" + query + "\n)";
  }

  @Override
  public boolean isKey(SourceColumn column) {
    return key != null && key.columns().contains(column.name());
  }

  @Override
  public boolean keepsKeys() {
    return dialect.keepsKeys();
  }

  @Override
  public Set<String> columnsOfRanges() {
    return key == null ? Set.of() : Set.copyOf(key.columns());
  }

  @Override
  public boolean isShareable() {
    return false;
  }

  @Override
  public boolean hasColumnsOf(SourceTable other) {
    return other instanceof JdbcTable table && columns.equals(table.columns);
  }

  @Override
  public boolean isLasting() {
    return dialect.canProve();
  }

  @Override
  public SelectedColumn select(SourceColumn column, boolean required) {
    JdbcColumn it = (JdbcColumn) column;
    return new JdbcSelection(
        dialect, it.name(), it.expression(), it.type(), it.typeName(), required, null, false);
  }

  @Override
  public SelectedColumn nulls(String name) {
    return new JdbcSelection(
        dialect, name, "NULL", Types.StringType.get(), "null", false, null, false);
  }

  @Override
  public SelectedColumn computed(String name, String sql, Type type) {
    return new JdbcSelection(
        dialect, name, dialect.cast(sql, type), type, "an expression", false, null, false);
  }

  @Override
  public String expression(SourceColumn column) {
    return dialect.quoted(column.name());
  }

  @Override
  public String literal(String text) {
    return dialect.literal(text);
  }

  @Override
  public String literal(LocalDate day) {
    return dialect.literal(day);
  }

  @Override
  public String literal(LocalDateTime time) {
    return dialect.literal(time);
  }

  @Override
  public String literal(Instant moment) {
    return dialect.zoned(moment);
  }

  @Override
  public SourceQuery query(
      List<SelectedColumn> selected, String filter, OnUnmappable onUnmappable) {
    return new JdbcQuery(
        dialect,
        relation,
        from(),
        selected.stream().map(JdbcSelection.class::cast).toList(),
        filter,
        onUnmappable);
  }

  @Override
  public Optional<SourceRange> range(String text) {
    return KeyRange.of(this, text).map(range -> range);
  }

  @Override
  public String toString() {
    return query == null ? from() : "the query";
  }
}
