package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.ValueHash;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.io.Serializable;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.types.Type;

/** What differs between the databases that are read over JDBC. It keeps no state. */
sealed interface Dialect extends Serializable permits MariaDbDialect, AnsiDialect {

  /** A moment within a literal. */
  DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  /** Returns a name so that the database takes it for a name, whatever it contains. */
  String quoted(String name);

  /** Returns what to select the rows of a table from. */
  default String qualified(Relation relation) {
    return relation.schema().isEmpty()
        ? quoted(relation.table())
        : quoted(relation.schema()) + "." + quoted(relation.table());
  }

  /** Returns the expression of a day. */
  default String literal(LocalDate day) {
    return "DATE '%s'".formatted(day);
  }

  /** Returns the expression of a time of which nobody tells the zone. */
  default String literal(LocalDateTime time) {
    return "TIMESTAMP '%s'".formatted(time.format(MOMENT));
  }

  /** Returns the expression of a moment, in UTC. */
  default String literal(Instant moment) {
    return literal(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
  }

  /** Returns the expression of a moment to compare columns with that have a zone. */
  default String zoned(Instant moment) {
    return literal(moment);
  }

  /** Describes a column that a query brings, by its position from 1. */
  JdbcColumn column(ResultSetMetaData columns, int position) throws SQLException;

  /** Returns the expression of a text, whatever it contains. */
  String literal(String text);

  /** Returns an expression cast to what an Iceberg type is read from. */
  default String cast(String expression, Type to) {
    return "CAST((%s\n) AS %s)".formatted(expression, target(to));
  }

  /** Returns what values of an Iceberg type are cast to. */
  String target(Type type);

  /** Returns the text of what is read as another Iceberg type. */
  String text(String expression, Type from);

  /**
   * Returns the number by which the database adds up a value, as exact as the value is; empty where
   * it cannot.
   */
  Optional<String> number(String expression, Type type);

  /** Returns what makes numbers of other values, as {@link #number} does. */
  default ValueHash hash() {
    return new CrcHash();
  }

  /** Tells whether the database lets no two rows have one key, and does not only note keys. */
  boolean keepsKeys();

  /** Tells whether the proof of a range's rows can be had again by a later session. */
  boolean canProve();

  /** Tells whether values come as texts, dates and times among them in UTC. */
  boolean bringsTexts();

  /** Returns the tables there are, in the order of their names. */
  List<Relation> tables(JdbcConnection connection) throws SQLException;

  /** Returns what time it is in the database of a table. */
  Instant now(JdbcConnection connection, JdbcTable table) throws SQLException;

  /** Describes a table or view; empty where there is none. */
  Optional<JdbcTable> describe(JdbcConnection connection, Relation relation) throws SQLException;

  /**
   * Finds keys that cut a table into some parts of about the same size, in ascending order; none
   * where the database cannot.
   */
  List<List<String>> edges(JdbcConnection connection, JdbcTable table, int parts)
      throws SQLException;

  /**
   * Returns about how many rows of a range the database expects to read, without reading any; empty
   * where it is not known how to ask.
   */
  default OptionalLong estimate(JdbcConnection connection, JdbcTable table, KeyRange range)
      throws SQLException {
    return OptionalLong.empty();
  }

  /** Returns what has the database go along an index, behind the name of a table. */
  String byIndex(String index);

  /** Returns what of an ordered query's rows brings the one behind so many others only. */
  String nth(long offset);

  /** Begins to read a range. */
  SourceRows read(JdbcConnection connection, JdbcQuery query, KeyRange range) throws SQLException;

  /** Has the database compute the proof of a range's rows; empty where it cannot. */
  Optional<String> proof(JdbcConnection connection, JdbcQuery query, KeyRange range)
      throws SQLException;
}
