package io.tidemark.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.manifest.ColumnRule;
import io.tidemark.catalog.manifest.ColumnRule.Origin;
import io.tidemark.catalog.manifest.Cursor;
import io.tidemark.catalog.manifest.LoadBuilder;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.LoadMode;
import io.tidemark.catalog.manifest.Mask;
import io.tidemark.catalog.manifest.Source;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.derby.iapi.jdbc.AutoloadedDriver;
import org.apache.iceberg.data.Record;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases of which nothing is known but that they have a JDBC driver. */
class OtherDatabasesTest {

  /** The first to connect owns a database. */
  private static final String USER = "APP";

  @TempDir private Path directory;

  /** They are in memory, and end with the process. */
  private enum Database {
    /** Has no literals of dates and times, and none of their classes. */
    DERBY(
        "jdbc:derby:memory:%s;create=true",
        "APP",
        "SELECT COUNT(*) FROM SYSCS_DIAG.TRANSACTION_TABLE WHERE TYPE = 'UserTransaction'",
        "VARCHAR(9) FOR BIT DATA",
        new AutoloadedDriver()),
    H2(
        "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1",
        "PUBLIC", "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS", "VARBINARY(9)", new Driver());

    private final String url;
    private final String schema;
    private final String sessions;
    private final String bytes;
    private final java.sql.Driver driver;

    Database(String url, String schema, String sessions, String bytes, java.sql.Driver driver) {
      this.url = url;
      this.schema = schema;
      this.sessions = sessions;
      this.bytes = bytes;
      this.driver = driver;
    }

    String url(Path directory) {
      return url.formatted(directory.getFileName());
    }

    private Connection connect(Path directory) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", USER);
      properties.setProperty("password", "");
      return driver.connect(url(directory), properties);
    }

    /** Returns how many connections there are, this one included. */
    int connections(Path directory) throws SQLException {
      try (Connection connection = connect(directory);
          Statement statement = connection.createStatement();
          ResultSet count = statement.executeQuery(sessions)) {
        count.next();
        return count.getInt(1);
      }
    }

    void execute(Path directory, String... statements) throws SQLException {
      try (Connection connection = connect(directory);
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tableOfAllTypesIsLoaded(Database database) throws SQLException {
    // Given
    database.execute(
        directory,
        """
        CREATE TABLE items (id BIGINT PRIMARY KEY, few INTEGER, name VARCHAR(40), price NUMERIC(12, 2), share DOUBLE PRECISION,
          due DATE, opens TIME, changed TIMESTAMP, flag BOOLEAN)""",
        """
        INSERT INTO items VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
          (2, -2147483648, 'it''s', 12345.67, 0.1, '1969-12-31', '23:59:58', '2026-11-23 01:02:03.456789', TRUE)""");

    // When
    load(load(database, "items").parity(Parity.CHECKSUMS), "run-1");

    // Then
    List<Record> rows = Shop.rows(directory, "raw.items");
    assertThat(rows)
        .extracting(row -> List.of(row.getField("ID"), row.copy().toString().contains("null")))
        .containsExactlyInAnyOrder(List.of(1L, true), List.of(2L, false));
    Record full = rows.stream().filter(row -> row.getField("ID").equals(2L)).findFirst().get();
    assertThat(full.getField("FEW")).isEqualTo(Integer.MIN_VALUE);
    assertThat(full.getField("NAME")).isEqualTo("it's");
    assertThat(full.getField("PRICE")).isEqualTo(new BigDecimal("12345.67"));
    assertThat(full.getField("SHARE")).isEqualTo(0.1);
    assertThat(full.getField("DUE")).isEqualTo(LocalDate.of(1969, 12, 31));
    assertThat(full.getField("OPENS")).isEqualTo(LocalTime.of(23, 59, 58));
    assertThat(full.getField("CHANGED"))
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 1, 2, 3, 456_789_000));
    assertThat(full.getField("FLAG")).isEqualTo(true);
  }

  @Test
  void timesThatAreComputedKeepTheirMicroseconds() throws SQLException {
    // Given
    Database.H2.execute(
        directory,
        "CREATE TABLE hours (opens TIME(6), local TIMESTAMP, moment TIMESTAMP(6) WITH TIME ZONE)",
        "INSERT INTO hours VALUES ('23:59:58.600001', '2026-11-23 01:02:03.600001', '2026-11-23 09:00:00.600001+09:00')");

    // When
    load(
        load(Database.H2, "hours")
            .column(computed("o", "opens", "time"))
            .column(computed("l", "local", "timestamp"))
            .column(computed("m", "moment", "timestamptz")),
        "run-1");

    // Then
    Record row = Shop.rows(directory, "raw.hours").get(0);
    assertThat(row.getField("o")).isEqualTo(LocalTime.of(23, 59, 58, 600_001_000));
    assertThat(row.getField("l")).isEqualTo(LocalDateTime.of(2026, 11, 23, 1, 2, 3, 600_001_000));
    assertThat(row.getField("m")).isEqualTo(OffsetDateTime.parse("2026-11-23T00:00:00.600001Z"));
  }

  private static ColumnRule computed(String name, String sql, String type) {
    return new ColumnRule(name, new Origin.Expression(sql), type, null);
  }

  @ParameterizedTest
  @EnumSource
  void newTimesAreAppended(Database database) throws SQLException {
    assertAppended(
        database,
        "TIMESTAMP",
        List.of("2026-11-22 23:59:59.999999", "2026-11-23 00:00:00"),
        "2026-11-23 00:00:00.000001");
  }

  @ParameterizedTest
  @EnumSource
  void newDaysAreAppended(Database database) throws SQLException {
    assertAppended(database, "DATE", List.of("2026-11-21", "2026-11-22"), "2026-11-23");
  }

  /** Some close no connection in the midst of a transaction. */
  @ParameterizedTest
  @EnumSource
  void noConnectionIsLeftOpen(Database database) throws SQLException {
    // Given
    database.execute(
        directory, "CREATE TABLE few (id BIGINT PRIMARY KEY)", "INSERT INTO few VALUES (1), (2)");

    // When
    load(load(database, "few"), "run-1");

    // Then
    assertThat(database.connections(directory)).isEqualTo(1);
  }

  /** The driver says of such a number that it has no digits behind the point. */
  @Test
  void numberWhosePointFloatsIsAText() throws SQLException {
    // Given
    Database.H2.execute(
        directory,
        "CREATE TABLE floating (v DECFLOAT(20))",
        "INSERT INTO floating VALUES (1.5), (1E30)");

    // When
    load(
        load(Database.H2, "floating")
            .column(new ColumnRule("v", new Origin.Column("V"), null, null))
            .column(new ColumnRule("d", new Origin.Column("V"), "decimal(38,5)", null)),
        "run-1");

    // Then
    assertThat(Shop.rows(directory, "raw.floating"))
        .extracting(row -> row.getField("v"), row -> row.getField("d"))
        .containsExactlyInAnyOrder(
            tuple("1.5", new BigDecimal("1.50000")),
            tuple("1E+30", new BigDecimal("1E+30").setScale(5)));
  }

  @ParameterizedTest
  @EnumSource
  void bytesAsATextAreTheirHexadecimalDigits(Database database) throws Exception {
    // Given
    database.execute(
        directory,
        "CREATE TABLE raws (id INTEGER, raw %s, large BLOB)".formatted(database.bytes),
        "INSERT INTO raws VALUES (1, %1$s, CAST(%1$s AS BLOB)), (3, NULL, NULL)"
            .formatted("X'FF00'"),
        "INSERT INTO raws VALUES (2, %1$s, CAST(%1$s AS BLOB))".formatted("X'FE00'"));
    Path key = Files.writeString(directory.resolve("key"), "k");

    // When
    load(
        load(database, "raws")
            .column(new ColumnRule("raw", new Origin.Column("RAW"), "string", null))
            .column(new ColumnRule("large", new Origin.Column("LARGE"), "string", null))
            .column(new ColumnRule("first", new Origin.Column("RAW"), null, new Mask.Truncate(2)))
            .column(
                new ColumnRule(
                    "hash",
                    new Origin.Column("RAW"),
                    null,
                    new Mask.Hash("${file:%s}".formatted(key)))),
        "run-1");

    // Then
    assertThat(Shop.rows(directory, "raw.raws"))
        .extracting(
            row -> row.getField("raw"),
            row -> row.getField("large"),
            row -> row.getField("first"),
            row -> row.getField("hash"))
        .containsExactlyInAnyOrder(
            tuple("ff00", "ff00", "ff", hmac("ff00")),
            tuple("fe00", "fe00", "fe", hmac("fe00")),
            tuple(null, null, null, null));
  }

  /** The driver calls it bytes, and knows its text. */
  @Test
  void uuidAsATextIsTheTextOfTheDriver() throws SQLException {
    // Given
    String id = "123e4567-e89b-12d3-a456-426614174000";
    Database.H2.execute(
        directory, "CREATE TABLE ids (id UUID)", "INSERT INTO ids VALUES ('%s')".formatted(id));

    // When
    load(
        load(Database.H2, "ids")
            .column(new ColumnRule("id", new Origin.Column("ID"), "string", null)),
        "run-1");

    // Then
    assertThat(Shop.rows(directory, "raw.ids").get(0).getField("id")).isEqualTo(id);
  }

  /** Of the key {@code k}. */
  private static String hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("k".getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
  }

  /** The half of a pair cannot be written as UTF-8. */
  @Test
  void halfACharacterIsNoText() throws SQLException {
    // Given
    Database.H2.execute(
        directory,
        "CREATE TABLE texts (id INT, v VARCHAR(9))",
        "INSERT INTO texts VALUES (1, CHAR(55357)), (2, CHAR(55357) || CHAR(56832))");

    // When
    LoadReport failed = run(load(Database.H2, "texts").build(), "run-1");
    LoadReport loaded =
        load(load(Database.H2, "texts").onUnmappable(OnUnmappable.NULL).build(), "run-2");

    // Then
    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(failed.failed().get(0).reason())
        .contains("Cannot read column V of")
        .contains("half a character is no text");
    assertThat(loaded.outcomes().get(0).toString()).contains("1 values without a place null");
    assertThat(Shop.rows(directory, "raw.texts"))
        .extracting(row -> row.getField("V"))
        .containsExactlyInAnyOrder(null, "😀");
  }

  private void assertAppended(Database database, String type, List<String> first, String later)
      throws SQLException {
    // Given
    database.execute(directory, "CREATE TABLE events (changed %s)".formatted(type));
    for (String value : first) {
      database.execute(directory, "INSERT INTO events VALUES ('%s')".formatted(value));
    }
    LoadEntry events =
        load(database, "events")
            .mode(appending("CHANGED", new Cursor.Lag.Time(Duration.ZERO)))
            .build();
    load(events, "run-1");

    // When
    database.execute(directory, "INSERT INTO events VALUES ('%s')".formatted(later));
    load(events, "run-2");

    // Then
    assertThat(Shop.rows(directory, "raw.events"))
        .extracting(row -> row.getField("CHANGED"))
        .hasSize(first.size() + 1)
        .doesNotHaveDuplicates();
  }

  private LoadBuilder load(Database database, String table) {
    Source.Jdbc source = new Source.Jdbc("other", database.url(directory), USER, "", 1);
    return LoadEntry.of(
        "raw." + table,
        source,
        new LoadEntry.Relation(database.schema, table.toUpperCase(Locale.ROOT)));
  }

  private static LoadMode appending(String column, Cursor.Lag lag) {
    return new LoadMode.Append(new Cursor.Column(column, lag));
  }

  private LoadReport load(LoadBuilder entry, String runId) {
    return load(entry.build(), runId);
  }

  private LoadReport load(LoadEntry entry, String runId) {
    LoadReport report = run(entry, runId);
    assertThat(report.exitCode()).as(report.toString()).isZero();
    return report;
  }

  private LoadReport run(LoadEntry entry, String runId) {
    return LoadRun.into(Shop.catalog(directory), entry).runId(runId).run();
  }
}
