package io.tidemark.batch.internal.source;

import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;

/** What a database's catalog says of a table or view, and how its columns are asked for. */
public interface SourceTable extends Serializable {

  /** Returns its columns in their order. */
  List<? extends SourceColumn> columns();

  /** Tells whether a column is part of a key that tells every row from the others. */
  boolean isKey(SourceColumn column);

  /** Tells whether its database is known to let no two rows have one key: some only note keys. */
  boolean keepsKeys();

  /** Returns about how many rows it has; -1 where the database does not know. */
  long estimatedRows();

  /** Returns about how many bytes it takes in the database; 0 where that is not known. */
  long bytes();

  /** Tells whether several connections can read it in one snapshot. */
  boolean isShareable();

  /** Tells whether another description has the very same columns. */
  boolean hasColumnsOf(SourceTable other);

  /** Returns the names of the columns whose values the texts of its ranges have in them. */
  Set<String> columnsOfRanges();

  /** Tells whether what its values read like changes with their rows only. */
  boolean isLasting();

  /** Returns a column as it is. */
  SelectedColumn select(SourceColumn column, boolean required);

  /** Returns a column that is always null, of whatever type. */
  SelectedColumn nulls(String name);

  /**
   * Returns a column that an expression in the database's SQL yields, cast to what an Iceberg type
   * comes from.
   */
  SelectedColumn computed(String name, String sql, Type type);

  /** Returns the expression of a column. */
  String expression(SourceColumn column);

  /** Returns the expression of a text that is the same in every row. */
  String literal(String text);

  /** Returns the expression of a day from the year 1 on. */
  String literal(LocalDate day);

  /** Returns the expression of a time to compare columns with that have no zone. */
  String literal(LocalDateTime time);

  /** Returns the expression of a moment to compare columns with that have a zone. */
  String literal(Instant moment);

  /**
   * Returns a query of the table.
   *
   * @param columns what to read, made by this table
   * @param filter a condition in the database's SQL; empty for all rows
   */
  SourceQuery query(List<SelectedColumn> columns, String filter, OnUnmappable onUnmappable);

  /**
   * Returns a range as {@link SourceRange#text()} told of it; nothing where the table has none such
   * any more.
   */
  Optional<SourceRange> range(String text);
}
