package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Describes tables as the information schema has them. */
final class MariaDbCatalog {

  private static final String TABLES =
      """
      SELECT table_schema, table_name FROM information_schema.tables
      WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
        AND table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
      ORDER BY 1, 2""";

  private static final String TABLE =
      """
      SELECT table_name, table_schema, table_rows, data_length FROM information_schema.tables
      WHERE table_schema = ? AND table_name = ? AND table_type <> 'SEQUENCE'""";

  private static final String COLUMNS =
      """
      SELECT table_name, table_schema, column_name, data_type, column_type,
        COALESCE(numeric_precision, 0), COALESCE(numeric_scale, 0),
        privileges, character_set_name, generation_expression, collation_name
      FROM information_schema.columns WHERE table_schema = ? AND table_name = ?
      ORDER BY ordinal_position""";

  /**
   * Whether an index is not to be used, MariaDB and MySQL say in columns of their own. Tables of
   * some engines hash their primary key; another key that is hashed may be one of hashes alone.
   */
  private static final String KEYS =
      """
      SELECT table_name, table_schema, index_name, column_name, sub_part, collation, nullable,
        index_type = 'BTREE', s.*
      FROM information_schema.statistics s
      WHERE table_schema = ? AND table_name = ? AND non_unique = 0
        AND (index_type = 'BTREE' OR index_name = 'PRIMARY' AND index_type = 'HASH')
      ORDER BY index_name = 'PRIMARY' DESC, index_name, seq_in_index""";

  /** Types whose values the database compares as an index orders them. */
  private static final Set<String> ORDERED =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "integer",
          "bigint",
          "decimal",
          "numeric",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp",
          "char",
          "varchar",
          "binary",
          "varbinary");

  /** Character sets whose texts are the very same again after a way through {@code utf8mb4}. */
  private static final Set<String> LOSSLESS =
      Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "latin1", "ucs2", "utf16", "utf16le", "utf32");

  /** By which the versions of a row are told apart, of which only the one of now is read. */
  private static final Set<String> PERIODS = Set.of("ROW START", "ROW END");

  /** Errors that say that a column, or a table, may not be read. */
  private static final Set<Integer> DENIED = Set.of(1142, 1143);

  /** Stands for the columns that the user may not even see, so that none is missed unknowingly. */
  private static final JdbcColumn HIDDEN =
      new JdbcColumn("*", "NULL", Types.StringType.get(), "unknown", false);

  private final JdbcConnection connection;
  private final Dialect dialect;

  MariaDbCatalog(JdbcConnection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /**
   * A column, and what of it matters to keys.
   *
   * @param lossy whether texts of it may be others as edges: some character sets have several codes
   *     for a character, or codes for none
   * @param period whether it tells the versions of a row apart
   */
  private record Column(JdbcColumn column, boolean lossy, boolean period) {}

  /**
   * A column of a key.
   *
   * @param sorted whether its index has an order
   */
  private record KeyColumn(
      String index, String name, boolean usable, boolean ascending, boolean sorted) {}

  /** How many rows and bytes the database thinks there are. */
  private record Size(long rows, long bytes) {}

  List<Relation> tables() throws SQLException {
    return connection.rows(TABLES, row -> new Relation(row.getString(1), row.getString(2)));
  }

  Optional<JdbcTable> describe(Relation relation) throws SQLException {
    List<Size> sizes = rows(TABLE, relation, MariaDbCatalog::size);
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<Column> described = rows(COLUMNS, relation, this::column);
    List<JdbcColumn> columns = new ArrayList<>();
    described.forEach(column -> columns.add(column.column()));
    if (hasHiddenColumns(relation)) {
      columns.add(HIDDEN);
    }
    Size size = sizes.get(0);
    return Optional.of(
        new JdbcTable(
            dialect, relation, null, columns, key(relation, described), size.rows(), size.bytes()));
  }

  /** It does not tell a user of columns that the user has no privilege on. */
  private boolean hasHiddenColumns(Relation relation) throws SQLException {
    try {
      connection.execute("SELECT * FROM " + dialect.qualified(relation) + " WHERE 1 = 0");
      return false;
    } catch (SQLException e) {
      if (DENIED.contains(e.getErrorCode())) {
        return true;
      }
      throw e;
    }
  }

  /** The information schema takes upper and lower case for the same, unlike the database. */
  private <T> List<T> rows(String sql, Relation relation, JdbcConnection.RowMapper<T> mapper)
      throws SQLException {
    return connection
        .rows(
            sql,
            row ->
                relation.table().equals(row.getString(1))
                        && relation.schema().equals(row.getString(2))
                    ? Optional.of(mapper.map(row))
                    : Optional.<T>empty(),
            relation.schema(),
            relation.table())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Size size(ResultSet row) throws SQLException {
    long rows = row.getLong(3);
    return new Size(row.wasNull() ? -1 : rows, row.getLong(4));
  }

  private Column column(ResultSet row) throws SQLException {
    String name = row.getString(3);
    String charset = row.getString(9);
    String generated = row.getString(10);
    JdbcColumn column =
        MariaDbTypes.column(
            name,
            dialect.quoted(name),
            row.getString(4).toLowerCase(Locale.ROOT),
            row.getString(5) + collated(row.getString(11)),
            row.getInt(6),
            row.getInt(7),
            charset,
            row.getString(8).contains("select"));
    return new Column(
        column,
        charset != null && !LOSSLESS.contains(charset),
        generated != null && PERIODS.contains(generated));
  }

  /** What orders its values, and so cuts a table into ranges, belongs to a type. */
  private static String collated(@Nullable String collation) {
    return collation == null ? "" : " collate " + collation;
  }

  /** The primary key, or else the first that has no nulls and no mere beginnings of values. */
  private @Nullable TableKey key(Relation relation, List<Column> columns) throws SQLException {
    Map<String, Column> byName =
        columns.stream().collect(Collectors.toMap(c -> c.column().name(), column -> column));
    List<KeyColumn> all =
        rows(KEYS, relation, MariaDbCatalog::keyColumn).stream()
            .filter(c -> !byName.containsKey(c.name()) || !byName.get(c.name()).period())
            .toList();
    for (String index : all.stream().map(KeyColumn::index).distinct().toList()) {
      List<KeyColumn> key = all.stream().filter(c -> c.index().equals(index)).toList();
      boolean usable = key.stream().allMatch(c -> c.usable() && byName.containsKey(c.name()));
      if (usable) {
        return key(index, key, byName);
      }
    }
    return null;
  }

  private static TableKey key(String index, List<KeyColumn> key, Map<String, Column> byName) {
    List<String> types = key.stream().map(c -> typeOf(byName.get(c.name()).column())).toList();
    return new TableKey(
        index,
        key.stream().map(KeyColumn::name).toList(),
        ORDERED.containsAll(types)
            && key.stream().allMatch(KeyColumn::sorted)
            && key.stream().noneMatch(c -> byName.get(c.name()).lossy())
            && (key.stream().allMatch(KeyColumn::ascending) || key.size() == 1));
  }

  private static String typeOf(JdbcColumn column) {
    return column.typeName().replaceFirst("[( ].*", "");
  }

  private static KeyColumn keyColumn(ResultSet row) throws SQLException {
    return new KeyColumn(
        row.getString(3),
        row.getString(4),
        row.getString(5) == null && !"YES".equals(row.getString(7)) && !isIgnored(row),
        !"D".equals(row.getString(6)),
        row.getBoolean(8));
  }

  /** The database knows nothing of such an index where a query names it. */
  private static boolean isIgnored(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i).toUpperCase(Locale.ROOT);
      if (name.equals("IGNORED") && "YES".equals(row.getString(i))
          || name.equals("IS_VISIBLE") && "NO".equals(row.getString(i))) {
        return true;
      }
    }
    return false;
  }
}
