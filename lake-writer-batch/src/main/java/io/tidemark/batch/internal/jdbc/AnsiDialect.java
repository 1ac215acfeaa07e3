package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.DatabaseMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.TimestampType;

/**
 * Any database, in the SQL that all of them have.
 *
 * @param quote what names are quoted with; a blank where they cannot be
 * @param timestamp what texts are cast to where the database has no literals of dates and times;
 *     empty where it has those of the standard
 */
record AnsiDialect(String quote, String timestamp) implements Dialect {

  private static final String SQL_SERVER = "DATETIME2";
  private static final String DERBY = "TIMESTAMP";
  private static final Map<String, String> WITHOUT_LITERALS =
      Map.of("Microsoft SQL Server", SQL_SERVER, "Apache Derby", DERBY);

  static AnsiDialect of(DatabaseMetaData metaData) throws SQLException {
    return new AnsiDialect(
        metaData.getIdentifierQuoteString(), timestamp(metaData.getDatabaseProductName()));
  }

  /** Db2, which adds its version and system to its name, knows the types that Derby knows. */
  static String timestamp(String database) {
    return database.startsWith("DB2") ? DERBY : WITHOUT_LITERALS.getOrDefault(database, "");
  }

  @Override
  public String quoted(String name) {
    if (!quote.isBlank()) {
      return quote + name.replace(quote, quote + quote) + quote;
    }
    if (!name.matches("\\w+")) {
      throw new InvalidRequestException(
          "Cannot read %s: its database does not let names be quoted. Exclude it, or read a view"
              .formatted(name));
    }
    return name;
  }

  /** Some databases take a backslash for an escape, and nobody says which. */
  @Override
  public String literal(String text) {
    if (text.indexOf('\\') >= 0) {
      throw new InvalidRequestException(
          "Cannot write the text '%s' for any database, as it has a backslash. Write it as an expression in the SQL of this one"
              .formatted(text));
    }
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String literal(LocalDate day) {
    return timestamp.isEmpty() ? Dialect.super.literal(day) : "CAST('%s' AS DATE)".formatted(day);
  }

  @Override
  public String literal(LocalDateTime time) {
    return timestamp.isEmpty()
        ? Dialect.super.literal(time)
        : "CAST('%s' AS %s)".formatted(time.format(MOMENT), timestamp);
  }

  /** Not every database lets the zone of a session be set, see {@link AnsiConnector}. */
  @Override
  public String zoned(Instant moment) {
    return timestamp.equals(DERBY)
        ? literal(moment)
        : "CAST('%s+00:00' AS %s)"
            .formatted(LocalDateTime.ofInstant(moment, ZoneOffset.UTC).format(MOMENT), zoned());
  }

  private String zoned() {
    return switch (timestamp) {
      case "" -> "TIMESTAMP WITH TIME ZONE";
      case SQL_SERVER -> "DATETIMEOFFSET";
      default -> timestamp;
    };
  }

  private String local() {
    return timestamp.isEmpty() ? "TIMESTAMP" : timestamp;
  }

  @Override
  public JdbcColumn column(ResultSetMetaData columns, int i) throws SQLException {
    String name = columns.getColumnLabel(i);
    String typeName = columns.getColumnTypeName(i);
    return new JdbcColumn(
        name,
        quoted(name),
        AnsiTypes.type(
            columns.getColumnType(i), typeName, columns.getPrecision(i), columns.getScale(i)),
        typeName,
        true);
  }

  /** As a text or as bytes a driver gives what there is, which a cast may cut or spell out. */
  @Override
  public String cast(String expression, Type to) {
    return switch (to.typeId()) {
      case STRING, BINARY -> "(%s\n)".formatted(expression);
      default -> Dialect.super.cast(expression, to);
    };
  }

  /** By itself a time has no fractions in some databases, and in others it can have none. */
  @Override
  public String target(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> timestamp.equals(SQL_SERVER) ? "BIT" : "BOOLEAN";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "REAL";
      case DOUBLE -> "DOUBLE PRECISION";
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        yield "DECIMAL(%d, %d)".formatted(decimal.precision(), decimal.scale());
      }
      case DATE -> "DATE";
      case TIME -> timestamp.equals(DERBY) ? "TIME" : "TIME(6)";
      case TIMESTAMP -> ((TimestampType) type).shouldAdjustToUTC() ? zoned() : local();
      default -> "VARCHAR(4000)";
    };
  }

  /** A driver gives the text of whatever it reads. */
  @Override
  public String text(String expression, Type from) {
    return expression;
  }

  /** Sums are of the type of what is added up, and some databases have 31 digits at most. */
  @Override
  public Optional<String> number(String expression, Type type) {
    TypeID id = type.typeId();
    if (id == TypeID.INTEGER || id == TypeID.LONG) {
      return Optional.of("CAST(%s AS DECIMAL(31, 0))".formatted(expression));
    }
    return id == TypeID.DECIMAL ? Optional.of(expression) : Optional.empty();
  }

  @Override
  public boolean keepsKeys() {
    return false;
  }

  @Override
  public boolean canProve() {
    return false;
  }

  @Override
  public boolean bringsTexts() {
    return false;
  }

  @Override
  public List<Relation> tables(JdbcConnection connection) throws SQLException {
    return new AnsiCatalog(connection, this).tables();
  }

  /**
   * Many databases want a table to select from, of which an aggregate makes one row. Where their
   * clock tells no zone, it is this process' that counts.
   */
  @Override
  public Instant now(JdbcConnection connection, JdbcTable table) {
    String sql =
        "SELECT CURRENT_TIMESTAMP FROM (SELECT COUNT(*) AS n FROM %s WHERE 1 = 0) one"
            .formatted(table.from());
    return connection
        .attempt(() -> connection.rows(sql, row -> row.getObject(1, OffsetDateTime.class)))
        .map(times -> times.get(0).toInstant())
        .orElseGet(Instant::now);
  }

  @Override
  public Optional<JdbcTable> describe(JdbcConnection connection, Relation relation)
      throws SQLException {
    return new AnsiCatalog(connection, this).describe(relation);
  }

  @Override
  public List<List<String>> edges(JdbcConnection connection, JdbcTable table, int parts)
      throws SQLException {
    return connection
        .attempt(() -> new KeyWalk(connection, table, EdgeColumn::number).edges(parts))
        .orElse(List.of());
  }

  @Override
  public String byIndex(String index) {
    return "";
  }

  @Override
  public String nth(long offset) {
    return " OFFSET %d ROWS FETCH NEXT 1 ROWS ONLY".formatted(offset);
  }

  @Override
  public SourceRows read(JdbcConnection connection, JdbcQuery query, KeyRange range)
      throws SQLException {
    return new CursorRows(connection, query, range);
  }

  @Override
  public Optional<String> proof(JdbcConnection connection, JdbcQuery query, KeyRange range) {
    return Optional.empty();
  }
}
