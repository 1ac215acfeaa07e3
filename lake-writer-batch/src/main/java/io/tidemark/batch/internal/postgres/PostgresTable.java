package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;

/**
 * What the database's catalogs say of a table or view.
 *
 * @param schema its schema
 * @param name its name
 * @param kind what it is
 * @param columns its columns in their order, dropped ones left out
 * @param primaryKey the columns of its primary key in the key's order, empty if there is none
 * @param estimatedRows how many rows the database thinks it has, all leaves together; -1 where it
 *     does not know
 * @param leaves the relations that hold its rows, none twice
 */
public record PostgresTable(
    String schema,
    String name,
    Kind kind,
    List<PostgresColumn> columns,
    List<String> primaryKey,
    long estimatedRows,
    List<Leaf> leaves)
    implements SourceTable {

  /** What rows can be selected from. */
  public enum Kind {
    ORDINARY,
    PARTITIONED,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN,
    /** What a query of the user's brings. */
    QUERY
  }

  public PostgresTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    leaves = List.copyOf(leaves);
  }

  /** Returns what the leaves take in the database, in bytes; 0 for views and foreign tables. */
  @Override
  public long bytes() {
    return leaves.stream().mapToLong(Leaf::bytes).sum();
  }

  /**
   * Says whether the primary key tells every row of this table from the others. It does not where
   * other tables inherit from it, for these have rows and keys of their own.
   */
  public boolean isKeyUnique() {
    boolean alone = leaves.size() == 1 && leaves.get(0).alone();
    return !primaryKey.isEmpty() && (kind == Kind.PARTITIONED || alone);
  }

  @Override
  public boolean isKey(SourceColumn column) {
    return isKeyUnique() && primaryKey.contains(column.name());
  }

  @Override
  public boolean keepsKeys() {
    return true;
  }

  @Override
  public boolean isShareable() {
    return true;
  }

  @Override
  public boolean hasColumnsOf(SourceTable other) {
    return other instanceof PostgresTable table && columns.equals(table.columns);
  }

  /** Ranges are of pages. */
  @Override
  public Set<String> columnsOfRanges() {
    return Set.of();
  }

  @Override
  public boolean isLasting() {
    return columns.stream().allMatch(column -> column.type().isLasting());
  }

  @Override
  public SelectedColumn select(SourceColumn column, boolean required) {
    CopyColumn copied = CopyColumn.of((PostgresColumn) column, required);
    return kind == Kind.QUERY ? copied.unpadded() : copied;
  }

  @Override
  public SelectedColumn nulls(String column) {
    return CopyColumn.nulls(column);
  }

  @Override
  public SelectedColumn computed(String column, String sql, Type type) {
    return CopyColumn.computed(column, sql, type);
  }

  /** An {@code oid} has no sign, and takes a number below 0 for one of the largest. */
  @Override
  public String expression(SourceColumn column) {
    PostgresType type = ((PostgresColumn) column).type();
    String name = quoted(column.name());
    return type.isBuiltIn() && type.name().equals("oid")
        ? "CAST(%s AS int8)".formatted(name)
        : name;
  }

  @Override
  public String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String literal(LocalDate day) {
    return "DATE '%s'".formatted(day);
  }

  @Override
  public String literal(LocalDateTime time) {
    return "TIMESTAMP '%s'".formatted(time);
  }

  @Override
  public String literal(Instant moment) {
    return "TIMESTAMP WITH TIME ZONE '%s'".formatted(moment);
  }

  @Override
  public SourceQuery query(
      List<SelectedColumn> selected, String filter, OnUnmappable onUnmappable) {
    return new CopyQuery(
        schema, name, selected.stream().map(CopyColumn.class::cast).toList(), filter, onUnmappable);
  }

  @Override
  public Optional<SourceRange> range(String text) {
    return CopyRange.of(leaves, text);
  }

  @Override
  public String toString() {
    return quoted(schema, name);
  }
}
