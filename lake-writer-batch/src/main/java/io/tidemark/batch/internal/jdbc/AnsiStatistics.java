package io.tidemark.batch.internal.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * How large a table is, as far as a driver says what the database's statistics hold. No row is
 * looked at for it.
 *
 * @param connection the connection
 */
record AnsiStatistics(JdbcConnection connection) {

  private static final int COMPACT_DIGITS = 18;

  /** Of texts, strings of bytes and what is read as a text: some are longer, and many shorter. */
  private static final int UNKNOWN_BYTES = 32;

  /**
   * Returns about how many rows a table has: what is said of the table itself, or else the most
   * values that a unique index of all its rows has; -1 where nothing is said, or the driver cannot.
   */
  long rows(@Nullable String catalog, @Nullable String schema, String table) {
    return connection
        .attempt(
            () -> {
              DatabaseMetaData metaData = connection.jdbc().getMetaData();
              try (ResultSet indexes = metaData.getIndexInfo(catalog, schema, table, false, true)) {
                return rows(indexes);
              }
            })
        .orElse(-1L);
  }

  private static long rows(ResultSet indexes) throws SQLException {
    long most = -1;
    while (indexes.next()) {
      boolean ofTable = indexes.getShort("TYPE") == DatabaseMetaData.tableIndexStatistic;
      boolean ofAllRows =
          !indexes.getBoolean("NON_UNIQUE") && indexes.getString("FILTER_CONDITION") == null;
      long values = indexes.getLong("CARDINALITY");
      if (ofTable && values > 0) {
        return values;
      }
      if (ofAllRows && values > 0) {
        most = Math.max(most, values);
      }
    }
    return most;
  }

  /**
   * Returns about how many bytes some rows take. Statistics tell of pages of unknown size, and some
   * of an index alone; the types of the columns tell more, but for how long texts are. Ranges are
   * as many as that says, and hold every row however wrong it is.
   */
  static long bytes(long rows, List<JdbcColumn> columns) {
    long width = columns.stream().mapToLong(column -> width(column.type())).sum();
    return rows < 0 ? 0 : rows * width;
  }

  private static int width(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> 1;
      case INTEGER, FLOAT, DATE -> Integer.BYTES;
      case LONG, DOUBLE, TIME, TIMESTAMP -> Long.BYTES;
      case DECIMAL ->
          ((DecimalType) type).precision() <= COMPACT_DIGITS ? Long.BYTES : 2 * Long.BYTES;
      default -> UNKNOWN_BYTES;
    };
  }
}
