package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.EdgeQuery;
import io.tidemark.batch.internal.source.NewestValue;
import io.tidemark.batch.internal.source.RangeChecksum;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A session that reads tables over JDBC, by ranges of their keys where the database is known. */
public final class JdbcSession implements SourceSession {

  private final JdbcConnection connection;
  private final Dialect dialect;

  private JdbcSession(JdbcConnection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Connects; secrets are resolved here. */
  public static JdbcSession open(Source.MariaDb source) {
    return new JdbcSession(MariaDbConnector.connect(source), new MariaDbDialect());
  }

  /** Connects with whichever driver of the class path takes the URL; secrets are resolved here. */
  public static JdbcSession open(Source.Jdbc source) {
    JdbcConnection connection = AnsiConnector.connect(source);
    try {
      return new JdbcSession(connection, AnsiDialect.of(connection.jdbc().getMetaData()));
    } catch (SQLException e) {
      connection.close();
      throw connection.failure(e);
    }
  }

  private <T> T request(JdbcConnection.Request<T> request) {
    try {
      return request.run();
    } catch (SQLException e) {
      throw connection.failure(e);
    }
  }

  @Override
  public List<Relation> tables() {
    return request(() -> dialect.tables(connection));
  }

  @Override
  public JdbcTable describe(Relation relation) {
    return request(() -> dialect.describe(connection, relation))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "Cannot read %s: there is no such table or view (upper and lower case may differ), or the user may not see it"
                        .formatted(dialect.qualified(relation))));
  }

  /** Whoever looks at a table in a transaction keeps it from being altered until that ends. */
  @Override
  public JdbcTable hold(Relation relation) {
    JdbcTable table = describe(relation);
    request(
        () -> {
          connection.execute("SELECT 1 FROM " + table.from() + " WHERE 1 = 0");
          return table;
        });
    return describe(relation);
  }

  @Override
  public void check(SourceTable table, SourceQuery query) {
    JdbcQuery it = (JdbcQuery) query;
    JdbcQuery nothing =
        new JdbcQuery(
            it.dialect(),
            it.relation(),
            it.from(),
            it.columns(),
            it.filter().isEmpty() ? "1 = 0" : "(" + it.filter() + "\n) AND 1 = 0",
            it.onUnmappable());
    try {
      connection.execute(nothing.select(KeyRange.whole((JdbcTable) table)));
    } catch (SQLException e) {
      throw connection.refusal(table.toString(), e);
    }
  }

  @Override
  public List<SourceRange> cut(
      SourceTable table, List<SourceRange> beside, long targetBytes, int readers) {
    JdbcTable it = (JdbcTable) table;
    return request(() -> List.copyOf(new KeyCut(connection, it).of(beside, targetBytes, readers)));
  }

  @Override
  public SourceRows read(SourceQuery query, SourceRange range) {
    return request(() -> dialect.read(connection, (JdbcQuery) query, (KeyRange) range));
  }

  @Override
  public long count(SourceQuery query, SourceRange range) {
    String sql = "SELECT COUNT(*)" + ((JdbcQuery) query).from((KeyRange) range);
    return request(() -> connection.rows(sql, row -> row.getLong(1)).get(0));
  }

  @Override
  public RangeChecksum checksum(SourceQuery query, SourceRange range, Set<String> counted) {
    return request(() -> SumQuery.run(connection, (JdbcQuery) query, (KeyRange) range, counted));
  }

  @Override
  public boolean isUnchanged(SourceQuery query, SourceRange range, long rows, String proof) {
    return request(() -> dialect.proof(connection, (JdbcQuery) query, (KeyRange) range))
        .filter(now -> now.equals(proof))
        .isPresent();
  }

  @Override
  public JdbcTable describe(EdgeQuery query) {
    String sql = query.sql(query.zoned() ? dialect::zoned : dialect::literal);
    try {
      return new QueryCatalog(connection, dialect).describe(sql);
    } catch (SQLException e) {
      throw connection.refusal("the query", e);
    }
  }

  /** Nobody could see the snapshot of another connection: there is one slice. */
  @Override
  public List<SourceRange> slices(
      EdgeQuery query, SourceTable table, SourceColumn by, List<Instant> edges, int parts) {
    return List.of(KeyRange.whole((JdbcTable) table));
  }

  @Override
  public Optional<SharedSnapshot> share() {
    return Optional.empty();
  }

  @Override
  public void join(SharedSnapshot snapshot, List<SourceRange> ranges) {
    throw new UnsupportedOperationException("Cannot join a snapshot: none can be shared");
  }

  @Override
  public Instant now(SourceTable table) {
    return request(() -> dialect.now(connection, (JdbcTable) table));
  }

  @Override
  public <T> Optional<T> newest(
      SourceTable table, SourceColumn column, String filter, Class<T> type) {
    String sql =
        "SELECT MAX(%s) FROM %s%s"
            .formatted(
                table.expression(column),
                ((JdbcTable) table).from(),
                filter.isEmpty() ? "" : " WHERE " + filter);
    return request(() -> connection.rows(sql, row -> NewestValue.of(row, type)).get(0));
  }

  @Override
  public void cancel() {
    connection.cancel();
  }

  @Override
  public void close() {
    connection.close();
  }
}
