package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.types.Type.TypeID;
import org.jspecify.annotations.Nullable;

/** Describes tables as a driver's metadata has them. */
final class AnsiCatalog {

  private static final String[] TABLES = {"TABLE", "BASE TABLE", "PARTITIONED TABLE"};
  private static final Set<TypeID> EXACT = Set.of(TypeID.INTEGER, TypeID.LONG, TypeID.DECIMAL);

  private final JdbcConnection connection;
  private final Dialect dialect;

  AnsiCatalog(JdbcConnection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Where a table is; databases know catalogs, or schemas, or both, or neither. */
  private record Place(@Nullable String catalog, @Nullable String schema, String table) {

    static Place of(ResultSet row) throws SQLException {
      return new Place(row.getString(1), row.getString(2), row.getString(3));
    }

    /** Returns the schema, or what the database has in its place. */
    Relation relation() {
      String above = schema != null ? schema : catalog;
      return new Relation(above == null ? "" : above, table);
    }

    boolean is(Relation relation) {
      return table.equals(relation.table()) && (relation().equals(relation) || isBare());
    }

    private boolean isBare() {
      return schema == null && catalog == null;
    }
  }

  List<Relation> tables() throws SQLException {
    List<Relation> tables = new ArrayList<>();
    try (ResultSet rows = connection.jdbc().getMetaData().getTables(catalog(), null, "%", TABLES)) {
      while (rows.next()) {
        tables.add(Place.of(rows).relation());
      }
    }
    tables.sort(Comparator.comparing(Relation::schema).thenComparing(Relation::table));
    return tables;
  }

  Optional<JdbcTable> describe(Relation relation) throws SQLException {
    Optional<Place> place = find(relation);
    return place.isEmpty() ? Optional.empty() : Optional.of(describe(place.get()));
  }

  private JdbcTable describe(Place place) throws SQLException {
    List<JdbcColumn> columns = columns(place);
    List<String> key = key(place);
    long rows = new AnsiStatistics(connection).rows(place.catalog(), place.schema(), place.table());
    return new JdbcTable(
        dialect,
        place.relation(),
        null,
        columns,
        key.isEmpty() ? null : new TableKey("", key, isOrdered(key, columns)),
        rows,
        AnsiStatistics.bytes(rows, columns));
  }

  /** Of exact numbers alone it is known that each database compares them as it orders them. */
  private static boolean isOrdered(List<String> key, List<JdbcColumn> columns) {
    return columns.stream()
        .filter(column -> key.contains(column.name()))
        .allMatch(column -> EXACT.contains(column.type().typeId()));
  }

  /** The patterns of metadata may match more than one table. */
  private Optional<Place> find(Relation relation) throws SQLException {
    try (ResultSet rows =
        connection
            .jdbc()
            .getMetaData()
            .getTables(catalog(), null, pattern(relation.table()), null)) {
      while (rows.next()) {
        Place place = Place.of(rows);
        if (place.is(relation)) {
          return Optional.of(place);
        }
      }
    }
    return Optional.empty();
  }

  private List<JdbcColumn> columns(Place place) throws SQLException {
    List<JdbcColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        connection
            .jdbc()
            .getMetaData()
            .getColumns(place.catalog(), null, pattern(place.table()), "%")) {
      while (rows.next()) {
        if (Place.of(rows).equals(place)) {
          columns.add(column(rows));
        }
      }
    }
    return columns;
  }

  private JdbcColumn column(ResultSet row) throws SQLException {
    String name = row.getString("COLUMN_NAME");
    String typeName = row.getString("TYPE_NAME");
    return new JdbcColumn(
        name,
        dialect.quoted(name),
        AnsiTypes.type(
            row.getInt("DATA_TYPE"),
            typeName,
            row.getInt("COLUMN_SIZE"),
            row.getInt("DECIMAL_DIGITS")),
        typeName,
        true);
  }

  private List<String> key(Place place) throws SQLException {
    TreeMap<Short, String> key = new TreeMap<>();
    try (ResultSet rows =
        connection
            .jdbc()
            .getMetaData()
            .getPrimaryKeys(place.catalog(), place.schema(), place.table())) {
      while (rows.next()) {
        key.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(key.values());
  }

  private @Nullable String catalog() throws SQLException {
    boolean schemas = connection.jdbc().getMetaData().supportsSchemasInTableDefinitions();
    return schemas ? connection.jdbc().getCatalog() : null;
  }

  private String pattern(String name) throws SQLException {
    String escape = connection.jdbc().getMetaData().getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }
}
