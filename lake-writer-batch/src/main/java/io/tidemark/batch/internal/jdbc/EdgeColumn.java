package io.tidemark.batch.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.iceberg.types.Type.TypeID;

/**
 * A column of a key, whose values are written as literals that are the very same value again.
 *
 * @param name quoted
 * @param form how a value is written
 */
record EdgeColumn(String name, Form form) {

  private enum Form {
    /** A number that is had as one, in whichever way the database writes it. */
    EXACT,
    NUMBER,
    TIME,
    TEXT,
    BYTES
  }

  static EdgeColumn of(JdbcTable table, String name) {
    JdbcColumn column =
        table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return new EdgeColumn(table.dialect().quoted(name), form(column));
  }

  /** Returns a column of exact numbers. */
  static EdgeColumn number(JdbcTable table, String name) {
    return new EdgeColumn(table.dialect().quoted(name), Form.EXACT);
  }

  private static Form form(JdbcColumn column) {
    TypeID type = column.type().typeId();
    return switch (type) {
      case BINARY -> Form.BYTES;
      case DATE, TIME, TIMESTAMP -> Form.TIME;
      case STRING -> column.typeName().startsWith("decimal") ? Form.NUMBER : Form.TEXT;
      default -> Form.NUMBER;
    };
  }

  /** Returns what a literal is made of. */
  String select() {
    return switch (form) {
      case EXACT -> name;
      case NUMBER, TIME -> "CAST(%s AS CHAR)".formatted(name);
      case TEXT -> "HEX(CONVERT(%s USING utf8mb4))".formatted(name);
      case BYTES -> "HEX(%s)".formatted(name);
    };
  }

  /**
   * Returns the literal of what was selected.
   *
   * @param position where it was, from 1
   */
  String literal(ResultSet row, int position) throws SQLException {
    String literal =
        switch (form) {
          case EXACT -> row.getBigDecimal(position).toPlainString();
          case NUMBER -> row.getString(position);
          case TIME -> "'" + row.getString(position) + "'";
          case TEXT -> "_utf8mb4 x'" + row.getString(position) + "'";
          case BYTES -> "x'" + row.getString(position) + "'";
        };
    if (!KeyRangeText.isLiteral(literal)) {
      throw new IllegalStateException(
          "Cannot cut by column %s: odd key %s".formatted(name, literal));
    }
    return literal;
  }
}
