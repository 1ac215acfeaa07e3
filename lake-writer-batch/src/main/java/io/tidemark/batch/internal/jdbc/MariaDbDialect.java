package io.tidemark.batch.internal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.DecimalType;

/** MariaDB, and MySQL 8, whose rows come in the same text protocol. */
record MariaDbDialect() implements Dialect {

  /** The number of 1970-01-01, less one for the first months of a year 0 without a leap day. */
  private static final String DAYS = "(TO_DAYS(%1$s) - 719528 - (%1$s < '0000-03-01'))";

  @Override
  public String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** In hexadecimal digits nothing can end it, whatever quotes and backslashes mean. */
  @Override
  public String literal(String text) {
    return "_utf8mb4 x'" + HexFormat.of().withUpperCase().formatHex(text.getBytes(UTF_8)) + "'";
  }

  @Override
  public JdbcColumn column(ResultSetMetaData columns, int i) throws SQLException {
    String name = columns.getColumnLabel(i);
    String type = columns.getColumnTypeName(i).toLowerCase(Locale.ROOT);
    return MariaDbTypes.column(
        name,
        quoted(name),
        type.split("[ (]", 2)[0],
        type,
        columns.getPrecision(i),
        columns.getScale(i),
        null,
        true);
  }

  /**
   * What is no date or time would become null: its text is left to the decoder, which refuses it.
   */
  @Override
  public String cast(String expression, Type to) {
    String cast = Dialect.super.cast(expression, to);
    return switch (to.typeId()) {
      case DATE, TIME, TIMESTAMP ->
          "COALESCE(%s, CAST((%s\n) AS CHAR CHARACTER SET utf8mb4))".formatted(cast, expression);
      default -> cast;
    };
  }

  /** A number too large for its type would become the type's largest one, or a negative one. */
  @Override
  public String target(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "SIGNED";
      case INTEGER, LONG -> "DECIMAL(65, 0)";
      case DECIMAL -> "DECIMAL(65, %d)".formatted(((DecimalType) type).scale());
      case FLOAT, DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIME -> "TIME(6)";
      case TIMESTAMP -> "DATETIME(6)";
      case BINARY -> "BINARY";
      default -> "CHAR CHARACTER SET utf8mb4";
    };
  }

  @Override
  public String text(String expression, Type from) {
    return from.typeId() == TypeID.BINARY
        ? "LOWER(HEX(%s))".formatted(expression)
        : "CAST(%s AS CHAR CHARACTER SET utf8mb4)".formatted(expression);
  }

  @Override
  public Optional<String> number(String value, Type type) {
    return Optional.of(
        switch (type.typeId()) {
          case BOOLEAN, INTEGER, LONG, DECIMAL -> "%s + 0".formatted(value);
          case FLOAT, DOUBLE ->
              "CAST(FLOOR(MOD(%s, 1048576) * 4294967296) AS SIGNED)".formatted(value);
          case DATE -> DAYS.formatted(value);
          case TIME -> micros(value);
          case TIMESTAMP ->
              "(%s * 86400000000 + %s)".formatted(DAYS.formatted(value), micros(value));
          case BINARY -> "CRC32(%s)".formatted(value);
          default -> "CRC32(CONVERT(%s USING utf8mb4))".formatted(value);
        });
  }

  private static String micros(String time) {
    return "(HOUR(%1$s) * 3600000000 + MINUTE(%1$s) * 60000000 + SECOND(%1$s) * 1000000 + MICROSECOND(%1$s))"
        .formatted(time);
  }

  @Override
  public boolean keepsKeys() {
    return true;
  }

  @Override
  public boolean canProve() {
    return true;
  }

  @Override
  public boolean bringsTexts() {
    return true;
  }

  @Override
  public List<Relation> tables(JdbcConnection connection) throws SQLException {
    return new MariaDbCatalog(connection, this).tables();
  }

  @Override
  public Instant now(JdbcConnection connection, JdbcTable table) throws SQLException {
    return connection
        .rows("SELECT UTC_TIMESTAMP(6)", row -> row.getObject(1, LocalDateTime.class))
        .get(0)
        .toInstant(ZoneOffset.UTC);
  }

  @Override
  public Optional<JdbcTable> describe(JdbcConnection connection, Relation relation)
      throws SQLException {
    return new MariaDbCatalog(connection, this).describe(relation);
  }

  @Override
  public List<List<String>> edges(JdbcConnection connection, JdbcTable table, int parts)
      throws SQLException {
    return new KeyWalk(connection, table, EdgeColumn::of).edges(parts);
  }

  /**
   * The optimizer looks up both ends in the index, and some pages between them. MySQL has a setting
   * for the format, and others have no such column.
   */
  @Override
  public OptionalLong estimate(JdbcConnection connection, JdbcTable table, KeyRange range)
      throws SQLException {
    String sql =
        "EXPLAIN FORMAT=TRADITIONAL SELECT 1 FROM %s%s WHERE %s"
            .formatted(
                table.from(),
                byIndex(table.key().index()),
                String.join(" AND ", range.conditions(this)));
    return OptionalLong.of(
        connection.rows(sql, row -> row.getLong("rows")).stream().mapToLong(n -> n).sum());
  }

  /** The optimizer may prefer to read and sort the whole table. */
  @Override
  public String byIndex(String index) {
    return " FORCE INDEX (%s)".formatted(quoted(index));
  }

  @Override
  public String nth(long offset) {
    return " LIMIT 1 OFFSET " + offset;
  }

  @Override
  public SourceRows read(JdbcConnection connection, JdbcQuery query, KeyRange range)
      throws SQLException {
    return new PacketRows(connection, query, range);
  }

  @Override
  public Optional<String> proof(JdbcConnection connection, JdbcQuery query, KeyRange range)
      throws SQLException {
    return Optional.of(RowProof.of(connection, query, range));
  }
}
