package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.catalog.UnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the relations that hold a table's rows: partitions and inheriting tables, at any depth. */
final class LeafCatalog {

  private static final String LEAVES =
      """
      WITH RECURSIVE tree (oid) AS (
        SELECT CAST(? AS oid)
        UNION
        SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree t ON t.oid = i.inhparent
        WHERE NOT i.inhdetachpending)
      SELECT n.nspname, c.relname,
        CASE WHEN a.amname = 'heap' AND pg_relation_size(c.oid) = 0 THEN 0
          ELSE c.reltuples END AS reltuples,
        c.relpages,
        CASE WHEN a.amname = 'heap'
          THEN coalesce(pg_relation_size(c.oid) / current_setting('block_size')::int, 0)
          ELSE 0 END AS pages,
        CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_table_size(c.oid), 0)
          ELSE 0 END AS bytes,
        c.oid = root.oid OR has_schema_privilege(n.oid, 'USAGE')
          AND has_table_privilege(c.oid, 'SELECT')
          AND NOT row_security_active(root.oid) AND NOT row_security_active(c.oid)
          AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_attribute v WHERE v.attrelid = c.oid AND v.attgenerated = 'v')
          AS alike,
        CASE WHEN c.relkind IN ('r', 'm') AND a.amname = 'heap' THEN (
          SELECT concat_ws('/', c.oid, c.relfilenode, sum(hashtextextended(
            concat_ws(' ', t.attnum, t.atttypid, t.atttypmod, t.attname), 0)))
          FROM pg_catalog.pg_attribute t
          WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped
          HAVING NOT bool_or(t.attgenerated = 'v')) END AS identity
      FROM tree
        CROSS JOIN (SELECT CAST(? AS oid)) AS root (oid)
        JOIN pg_catalog.pg_class c ON c.oid = tree.oid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
      WHERE c.relkind <> 'p'
      ORDER BY c.oid""";

  /** The catalogs as the snapshot sees them, against what the name stands for now. */
  private static final String RENAMED =
      """
      SELECT CAST(to_regclass(?) AS oid) IS DISTINCT FROM c.oid
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?""";

  /**
   * The catalogs as the snapshot sees them, against the files that readers would open now: of all
   * that this session has locked, such as the tables below a view.
   */
  private static final String REWRITTEN =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_class c ON c.oid = l.relation
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid()
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND c.relkind IN ('r', 'm') AND c.relfilenode <> 0
        AND pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode
      LIMIT 1""";

  private final Session session;

  LeafCatalog(Session session) {
    this.session = session;
  }

  Leaves of(long oid) throws SQLException {
    Leaves leaves = new Leaves();
    try (PreparedStatement statement = session.prepare(LEAVES)) {
      statement.setLong(1, oid);
      statement.setLong(2, oid);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          leaves.add(result);
        }
      }
    }
    return leaves;
  }

  void hold(List<Leaf> some) throws SQLException {
    for (Leaf leaf : some) {
      lock(leaf);
      checkName(leaf);
    }
    checkFiles();
  }

  private void lock(Leaf leaf) throws SQLException {
    try (PreparedStatement statement = session.prepare("SELECT FROM " + leaf.from() + " LIMIT 0")) {
      statement.execute();
    }
  }

  private void checkName(Leaf leaf) throws SQLException {
    String name = quoted(leaf.schema(), leaf.name());
    try (PreparedStatement statement = session.prepare(RENAMED)) {
      statement.setString(1, name);
      statement.setString(2, leaf.schema());
      statement.setString(3, leaf.name());
      try (ResultSet result = statement.executeQuery()) {
        if (result.next() && result.getBoolean(1)) {
          throw new UnavailableException(
              "Cannot read %s: another took its name after the snapshot. Start again"
                  .formatted(name));
        }
      }
    }
  }

  private void checkFiles() throws SQLException {
    try (PreparedStatement statement = session.prepare(REWRITTEN);
        ResultSet rewritten = statement.executeQuery()) {
      if (rewritten.next()) {
        throw new UnavailableException(
            "Cannot read %s: it was truncated or rewritten after the snapshot. Start again"
                .formatted(quoted(rewritten.getString(1), rewritten.getString(2))));
      }
    }
  }

  /** What was found so far. */
  static final class Leaves {

    private final List<Leaf> leaves = new ArrayList<>();
    private boolean alike = true;
    private boolean estimated = true;
    private double rows;

    long estimatedRows() {
      return estimated ? Math.round(rows) : -1;
    }

    long bytes() {
      return leaves.stream().mapToLong(Leaf::bytes).sum();
    }

    /**
     * Where a leaf read by itself is not what the table has of it, the table is the one leaf: where
     * the role may not read it, where policies hide rows of the one or the other, and where columns
     * are computed in reading, by each in its own way.
     */
    List<Leaf> leaves(Leaf whole) {
      return alike ? leaves : List.of(whole);
    }

    /** As the planner does, from the density of rows at the last analysis and today's pages. */
    private void add(ResultSet result) throws SQLException {
      double tuples = result.getDouble(3);
      double pagesThen = result.getDouble(4);
      long pages = result.getLong(5);
      rows += pagesThen > 0 && pages > 0 ? tuples / pagesThen * pages : tuples;
      estimated &= tuples >= 0 && (pagesThen > 0 || pages == 0);
      alike &= result.getBoolean(7);
      leaves.add(
          new Leaf(
              result.getString(1),
              result.getString(2),
              true,
              pages,
              result.getLong(6),
              result.getString(8)));
    }
  }
}
