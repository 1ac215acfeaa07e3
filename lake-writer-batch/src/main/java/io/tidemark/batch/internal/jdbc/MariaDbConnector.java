package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.PatientSocketFactory;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/**
 * Opens connections to MariaDB and MySQL, with a transaction each that sees one snapshot. Values
 * come as one text each, in UTC and UTF-8, of all rows there are, whatever the defaults of the
 * server or the user.
 */
final class MariaDbConnector {

  private static final String MYSQL = "jdbc:mysql:";
  private static final String MARIADB = "jdbc:mariadb:";

  /**
   * Literals and quotes mean what they mean by default, and blanks are not added to texts. A
   * session waits as long as any server lets it: files are written and compared meanwhile.
   */
  private static final List<String> EVERYWHERE =
      List.of(
          "SET NAMES utf8mb4",
          "SET SESSION time_zone = '+00:00', sql_select_limit = 18446744073709551615, sql_big_selects = 1,"
              + " sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',"
              + " net_write_timeout = 3600, wait_timeout = 2147483, lock_wait_timeout = 60",
          "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");

  /** The default of a session shows rows as they are, whatever day the server shows them of. */
  private static final List<String> ON_MARIADB =
      List.of(
          "SET SESSION max_statement_time = 0, idle_transaction_timeout = 0,"
              + " idle_readonly_transaction_timeout = 0, system_versioning_asof = DEFAULT");

  private static final List<String> ON_MYSQL =
      List.of("SET SESSION max_execution_time = 0, information_schema_stats_expiry = 0");

  /**
   * The first read takes the snapshot, and not the transaction's begin: by then the table is
   * locked, and no other one that had its rows written later can have taken its name.
   */
  private static final String BEGIN = "START TRANSACTION READ ONLY";

  private MariaDbConnector() {}

  static JdbcConnection connect(Source.MariaDb source) {
    try {
      Connection connection = open(source);
      try {
        checkRowCodec(source, connection);
        checkOptions(source, connection);
        begin(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      return new JdbcConnection(source, connection);
    } catch (SQLException e) {
      throw JdbcFailure.of("connect to", source, e);
    } catch (NoClassDefFoundError e) {
      throw new InvalidRequestException(
          "Cannot connect to %s: its driver is missing. Put mariadb-java-client on the class path, beside the job jar"
              .formatted(source),
          e);
    }
  }

  private static Connection open(Source.MariaDb source) throws SQLException {
    String url = Secrets.resolvePlain(source.url());
    Connection connection =
        new Driver()
            .connect(
                url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url,
                properties(source));
    if (connection == null) {
      throw new InvalidRequestException(
          "Cannot connect to %s: its url does not begin with jdbc:mariadb: or jdbc:mysql:"
              .formatted(source));
    }
    return connection;
  }

  private static Properties properties(Source.MariaDb source) {
    Properties properties = new Properties();
    properties.setProperty("user", Secrets.resolvePlain(source.user()));
    properties.setProperty("password", Secrets.resolve(source.password()));
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("socketFactory", PatientSocketFactory.class.getName());
    return properties;
  }

  /** What a URL asks for goes before what is set here. */
  private static void checkOptions(Source.MariaDb source, Connection connection)
      throws SQLException {
    Configuration options =
        connection.unwrap(org.mariadb.jdbc.Connection.class).getContext().getConf();
    if (options.useServerPrepStmts()) {
      throw refused(source, "useServerPrepStmts, but rows are read by the text protocol");
    }
    if (options.tinyInt1isBit()) {
      throw refused(source, "tinyInt1isBit, but a tinyint(1) is an int, which may be 2");
    }
  }

  private static InvalidRequestException refused(Source.MariaDb source, String option) {
    return new InvalidRequestException(
        "Cannot connect to %s: its url asks for %s. Take it out of the url"
            .formatted(source, option));
  }

  /** The driver looks for codecs where it was loaded from itself. */
  private static void checkRowCodec(Source.MariaDb source, Connection connection)
      throws SQLException {
    boolean there =
        Arrays.stream(
                connection
                    .unwrap(org.mariadb.jdbc.Connection.class)
                    .getContext()
                    .getConf()
                    .codecs())
            .anyMatch(MariaDbRowCodec.class::isInstance);
    if (!there) {
      throw new InvalidRequestException(
          "Cannot connect to %s: its driver was loaded apart from the job. Put mariadb-java-client beside the job jar, not into the cluster's own class path"
              .formatted(source));
    }
  }

  /** What is set comes before the transaction. */
  private static void begin(Connection connection) throws SQLException {
    boolean mariaDb = connection.getMetaData().getDatabaseProductName().contains("MariaDB");
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : EVERYWHERE) {
        statement.execute(sql);
      }
      for (String sql : mariaDb ? ON_MARIADB : ON_MYSQL) {
        statement.execute(sql);
      }
      statement.execute(BEGIN);
    }
  }
}
