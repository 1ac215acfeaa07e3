package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.postgres.PostgresType.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The types of a database, by their numbers. Each is looked up once. */
final class TypeCatalog {

  private static final String TYPE =
      """
      SELECT n.nspname, t.typname, t.typtype, t.typcategory, t.typelem, t.typbasetype, t.typtypmod
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.oid = CAST(? AS oid)""";

  private final Session session;
  private final Map<Long, Row> rows = new HashMap<>();

  TypeCatalog(Session session) {
    this.session = session;
  }

  /**
   * Returns a type.
   *
   * @param modifier of the column; a domain has its own
   */
  PostgresType type(long oid, int modifier) throws SQLException {
    Row row = row(oid);
    if (row.type.equals("d")) {
      return type(row.base, row.modifier);
    }
    PostgresType element = row.isArray() ? type(row.element, modifier) : null;
    return new PostgresType(row.schema, row.name, modifier, row.kind(), element);
  }

  private Row row(long oid) throws SQLException {
    Row row = rows.get(oid);
    if (row == null) {
      row = look(oid);
      rows.put(oid, row);
    }
    return row;
  }

  private Row look(long oid) throws SQLException {
    try (PreparedStatement statement = session.prepare(TYPE)) {
      statement.setLong(1, oid);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? Row.of(result) : Row.UNKNOWN;
      }
    }
  }

  private record Row(
      String schema,
      String name,
      String type,
      String category,
      long element,
      long base,
      int modifier) {

    /** A type dropped since; reading it will say so. */
    static final Row UNKNOWN = new Row("", "unknown", "p", "X", 0, 0, -1);

    static Row of(ResultSet result) throws SQLException {
      return new Row(
          result.getString(1),
          result.getString(2),
          result.getString(3),
          result.getString(4),
          result.getLong(5),
          result.getLong(6),
          result.getInt(7));
    }

    boolean isArray() {
      return type.equals("b") && category.equals("A") && element != 0;
    }

    Kind kind() {
      if (isArray()) {
        return Kind.ARRAY;
      }
      return switch (type) {
        case "b" -> Kind.BASE;
        case "e" -> Kind.ENUM;
        default -> Kind.OTHER;
      };
    }
  }
}
