package io.tidemark.benchmarks.peer;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.jdbc.core.database.JdbcFactory;
import org.apache.flink.connector.jdbc.core.database.catalog.JdbcCatalog;
import org.apache.flink.connector.jdbc.core.database.dialect.AbstractDialect;
import org.apache.flink.connector.jdbc.core.database.dialect.AbstractDialectConverter;
import org.apache.flink.connector.jdbc.core.database.dialect.JdbcDialect;
import org.apache.flink.connector.jdbc.core.database.dialect.JdbcDialectConverter;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Lets Flink's JDBC connector read MariaDB: its own module for that is of an older Flink. Nothing
 * is converted but what the connector converts for every database.
 */
public final class MariaDbFactory implements JdbcFactory {

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith("jdbc:mariadb:");
  }

  @Override
  public JdbcDialect createDialect() {
    return new Dialect();
  }

  @Override
  public JdbcCatalog createCatalog(
      ClassLoader loader, String name, String database, String user, String password, String url) {
    throw new UnsupportedOperationException("Cannot create a catalog: rows are read only");
  }

  private static final class Dialect extends AbstractDialect {
    private static final long serialVersionUID = 1L;

    @Override
    public String dialectName() {
      return "MariaDB";
    }

    @Override
    public Optional<String> defaultDriverName() {
      return Optional.of("org.mariadb.jdbc.Driver");
    }

    @Override
    public JdbcDialectConverter getRowConverter(RowType type) {
      return new Converter(type);
    }

    @Override
    public String getLimitClause(long limit) {
      return "LIMIT " + limit;
    }

    @Override
    public String quoteIdentifier(String name) {
      return "`" + name + "`";
    }

    @Override
    public Optional<String> getUpsertStatement(String table, String[] fields, String[] keys) {
      return Optional.empty();
    }

    @Override
    public Optional<Range> timestampPrecisionRange() {
      return Optional.of(Range.of(0, 6));
    }

    @Override
    public Optional<Range> decimalPrecisionRange() {
      return Optional.of(Range.of(1, 38));
    }

    @Override
    public Set<LogicalTypeRoot> supportedTypes() {
      return EnumSet.of(
          LogicalTypeRoot.VARCHAR,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.DATE,
          LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    }
  }

  private static final class Converter extends AbstractDialectConverter {
    private static final long serialVersionUID = 1L;

    Converter(RowType type) {
      super(type);
    }

    @Override
    public String converterName() {
      return "MariaDB";
    }
  }
}
