package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.postgres.PostgresTable.Kind;
import io.tidemark.batch.internal.source.NewestValue;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes tables as they are in the snapshot of a session. */
final class PostgresCatalog {

  private static final String RELATION =
      """
      SELECT c.oid, c.relkind, c.relispopulated
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?""";

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 2""";

  private static final String COLUMNS =
      """
      SELECT attname, atttypid, atttypmod, has_column_privilege(attrelid, attnum, 'SELECT')
      FROM pg_catalog.pg_attribute
      WHERE attrelid = CAST(? AS oid) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum""";

  private static final String PRIMARY_KEY =
      """
      SELECT a.attname
      FROM pg_catalog.pg_index i
        CROSS JOIN unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS k (attnum, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = CAST(? AS oid) AND i.indisprimary AND i.indisvalid
        AND k.position <= i.indnkeyatts
      ORDER BY k.position""";

  private final Session session;
  private final TypeCatalog types;
  private final LeafCatalog leaves;

  PostgresCatalog(Session session) {
    this.session = session;
    this.types = new TypeCatalog(session);
    this.leaves = new LeafCatalog(session);
  }

  /** Returns the tables there are, partitioned ones as one, in the order of their names. */
  List<Relation> tables() {
    List<Relation> tables = new ArrayList<>();
    try (PreparedStatement statement = session.prepare(TABLES);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        tables.add(new Relation(result.getString(1), result.getString(2)));
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
    return tables;
  }

  /** Returns what time it was when the session's transaction began. */
  Instant now() {
    try (PreparedStatement statement = session.prepare("SELECT CURRENT_TIMESTAMP");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** Returns the largest value of a column in the rows that meet a condition, if there is one. */
  <T> Optional<T> newest(PostgresTable table, String column, String filter, Class<T> type) {
    String sql =
        "SELECT max(%s) FROM %s%s"
            .formatted(
                quoted(column),
                quoted(table.schema(), table.name()),
                filter.isEmpty() ? "" : " WHERE " + filter);
    try (Statement statement = session.statement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return NewestValue.of(result, type);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /**
   * Describes a table, partitioned table, view, materialized view or foreign table.
   *
   * @param schema its schema, as it is written in the catalogs
   * @param name its name, likewise
   * @throws InvalidRequestException if there is none, or it was never populated
   */
  PostgresTable describe(String schema, String name) {
    try (PreparedStatement statement = session.prepare(RELATION)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          throw new InvalidRequestException(
              "Cannot read %s: there is no such table or view (upper and lower case differ)"
                  .formatted(quoted(schema, name)));
        }
        if (!result.getBoolean(3)) {
          throw new InvalidRequestException(
              "Cannot read %1$s: it was not populated yet. Run REFRESH MATERIALIZED VIEW %1$s"
                  .formatted(quoted(schema, name)));
        }
        return describe(schema, name, result.getLong(1), result.getString(2));
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /**
   * Keeps a table as it is while the session's transaction is open: nobody can drop, truncate or
   * rewrite it. A reader would take a truncated table for an empty one, whatever its snapshot.
   *
   * @throws UnavailableException if that had happened since the snapshot was taken
   */
  void hold(PostgresTable table) {
    hold(table.leaves());
  }

  /**
   * Keeps some leaves of a table as they are while the session's transaction is open, even where
   * the session that held the table is gone.
   *
   * @throws UnavailableException if one was truncated or rewritten since the snapshot was taken
   */
  void hold(List<Leaf> some) {
    try {
      leaves.hold(some);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private PostgresTable describe(String schema, String name, long oid, String kind)
      throws SQLException {
    LeafCatalog.Leaves found = leaves.of(oid);
    return new PostgresTable(
        schema,
        name,
        kind(schema, name, kind),
        columns(oid),
        primaryKey(oid),
        found.estimatedRows(),
        found.leaves(new Leaf(schema, name, false, 0, found.bytes(), null)));
  }

  private List<PostgresColumn> columns(long oid) throws SQLException {
    List<PostgresColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = session.prepare(COLUMNS)) {
      statement.setLong(1, oid);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          columns.add(
              new PostgresColumn(
                  result.getString(1),
                  types.type(result.getLong(2), result.getInt(3)),
                  result.getBoolean(4)));
        }
      }
    }
    return columns;
  }

  private List<String> primaryKey(long oid) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = session.prepare(PRIMARY_KEY)) {
      statement.setLong(1, oid);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          names.add(result.getString(1));
        }
      }
    }
    return names;
  }

  private static Kind kind(String schema, String name, String relkind) {
    return switch (relkind) {
      case "r" -> Kind.ORDINARY;
      case "p" -> Kind.PARTITIONED;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "f" -> Kind.FOREIGN;
      default ->
          throw new InvalidRequestException(
              "Cannot read %s: it is an index, sequence or type and has no rows"
                  .formatted(quoted(schema, name)));
    };
  }
}
