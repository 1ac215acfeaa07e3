package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.Await;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One snapshot per session, and failures that say what can be done about them. */
class MariaDbSessionTest {

  private static final String SECRET = EmbeddedMariaDbServer.PASSWORD;

  @TempDir Path directory;

  private MariaDbDatabase database;

  @BeforeEach
  void createTable() {
    database = new MariaDbDatabase("sessions", directory);
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, v varchar(300));"
            + "INSERT INTO t SELECT seq, repeat('x', 300) FROM seq_1_to_50000");
  }

  @Test
  void sessionSeesWhatWasThereWhenItFirstReadAndKeepsTablesFromBeingAltered() {
    try (JdbcSession session = database.open()) {
      // Given
      JdbcTable table = session.hold(database.table("t"));
      session.count(query(table), KeyRange.whole(table));
      database.execute("DELETE FROM t WHERE id > 10");

      // When
      long rows = session.count(query(table), KeyRange.whole(table));

      // Then
      assertThat(rows).isEqualTo(50_000);
      for (String change : List.of("ALTER TABLE t ADD w int", "TRUNCATE t", "DROP TABLE t")) {
        assertThatThrownBy(() -> database.execute("SET lock_wait_timeout = 0; " + change))
            .rootCause()
            .hasMessageContaining("Lock wait timeout");
      }
    }
  }

  @Test
  void sizeOfARowIsKnownBeforeItIsDecoded() {
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.hold(database.table("t"));

      try (SourceRows rows = session.read(query(table), KeyRange.whole(table))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.bytes()).isBetween(300, 320);
      }
    }
  }

  @Test
  void tableThatAnotherOneWasPutInPlaceOfIsReadWhole() {
    // Given
    database.execute("CREATE TABLE copy LIKE t");
    try (JdbcSession session = database.open()) {
      database.execute(
          "INSERT INTO copy SELECT * FROM t; RENAME TABLE t TO old, copy TO t;"
              + "DELETE FROM old");

      // When
      JdbcTable table = session.hold(database.table("t"));

      // Then
      assertThat(session.count(query(table), KeyRange.whole(table))).isEqualTo(50_000);
    }
  }

  @Test
  void tableThatWasEmptiedOrAlteredBehindTheSnapshotIsNotReadAsItIsNow() {
    database.execute("CREATE TABLE other (id int PRIMARY KEY)");
    for (String change : List.of("ALTER TABLE t ADD w int DEFAULT 1, FORCE", "TRUNCATE t")) {
      try (JdbcSession session = database.open()) {
        JdbcTable other = session.hold(database.table("other"));
        session.count(query(other), KeyRange.whole(other));
        database.execute(change);
        JdbcTable table = session.hold(database.table("t"));
        assertThatThrownBy(() -> session.count(query(table), KeyRange.whole(table)))
            .as(change)
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("definition has changed");
      }
    }
  }

  @Test
  void limitsAndModesOfTheServerDoNotChangeWhatIsRead() {
    // Given
    database.server().createUser("odd", SECRET);
    database.execute("GRANT SELECT ON sessions.* TO odd");
    database.execute(
        "SET GLOBAL sql_select_limit = 7; SET GLOBAL sql_mode = 'ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES'; SET GLOBAL max_statement_time = 0.01");
    try (JdbcSession session = JdbcSession.open(as("odd", database.url()))) {
      database.execute("CREATE TABLE c (a char(5)); INSERT INTO c VALUES ('x')");
      JdbcTable table = session.describe(database.table("t"));

      // When
      ReadRows rows = new ReadRows(query(table)).read(session, KeyRange.whole(table));

      // Then
      assertThat(rows.rows()).isEqualTo(50_000);
      SourceQuery filtered =
          table.query(
              List.of(
                  table.computed("s", "'a\\'b'", org.apache.iceberg.types.Types.StringType.get())),
              "id = 1 AND v <> \"y\"",
              OnUnmappable.FAIL);
      assertThat(new ReadRows(filtered).read(session, KeyRange.whole(table)).column("s"))
          .containsExactly("a'b");
    } finally {
      database.execute(
          "SET GLOBAL sql_select_limit = DEFAULT, GLOBAL sql_mode = DEFAULT, GLOBAL max_statement_time = 0");
    }
  }

  @Test
  void rowsOfAVersionedTableAreThoseOfNow() {
    database.execute(
        "CREATE TABLE versioned (k int PRIMARY KEY, made timestamp(6) GENERATED ALWAYS AS ROW START,"
            + " gone timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (made, gone)) WITH SYSTEM VERSIONING;"
            + "INSERT INTO versioned (k) VALUES (1); SET GLOBAL system_versioning_asof = '2001-01-01'");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("versioned"));

      ReadRows rows = new ReadRows(query(table)).read(session, KeyRange.whole(table));

      assertThat(rows.column("k")).containsExactly("1");
      assertThat(table.columns()).extracting(JdbcColumn::name).contains("made", "gone");
      assertThat(table.key().columns()).containsExactly("k");
    } finally {
      database.execute("SET GLOBAL system_versioning_asof = DEFAULT");
    }
  }

  /** Nothing goes along such an index in the order of its values. */
  @Test
  void keyThatIsHashedTellsRowsApartButCutsNoRanges() {
    database.execute(
        "CREATE TABLE hashed (k int, v int NOT NULL, PRIMARY KEY (k), UNIQUE u USING BTREE (v)) ENGINE=MEMORY;"
            + "CREATE TABLE unique_only (v int NOT NULL, UNIQUE (v)) ENGINE=MEMORY;"
            + "CREATE TABLE walked (k int, PRIMARY KEY USING BTREE (k)) ENGINE=MEMORY");
    try (JdbcSession session = database.open()) {
      JdbcTable hashed = session.describe(database.table("hashed"));

      assertThat(hashed.key().columns()).containsExactly("k");
      assertThat(hashed.key().ordered()).isFalse();
      assertThat(session.cut(hashed, List.of(), 1, 4)).hasSize(1);
      assertThat(session.describe(database.table("unique_only")).key()).isNull();
      assertThat(session.describe(database.table("walked")).key().ordered()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECTION", "QUERY"})
  void readThatIsKilledIsAFailureAndNoShortTable(String what) {
    assertThatThrownBy(
            () -> {
              try (JdbcSession session = database.open()) {
                JdbcTable table = session.hold(database.table("t"));
                try (SourceRows rows = session.read(query(table), KeyRange.whole(table))) {
                  rows.next();
                  kill(what);
                  while (rows.next()) {}
                }
              }
            })
        .isInstanceOf(UnavailableException.class);
  }

  private void kill(String what) {
    database.execute(
        "SET @id = (SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT %FROM `sessions`.`t`%');"
            + "EXECUTE IMMEDIATE CONCAT('KILL "
            + what
            + " ', @id)");
  }

  @Test
  void serverThatStopsInMidReadIsAFailureAndNoShortTable() {
    assertThatThrownBy(
            () -> {
              try (JdbcSession session = database.open()) {
                JdbcTable table = session.describe(database.table("t"));
                try (SourceRows rows = session.read(query(table), KeyRange.whole(table))) {
                  rows.next();
                  database.server().restart();
                  while (rows.next()) {}
                }
              }
            })
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void userWhoseConnectionsAreTakenIsAskedForAgainLater() throws SQLException {
    database.execute(
        "CREATE OR REPLACE USER busy IDENTIFIED BY '%s' WITH MAX_USER_CONNECTIONS 1; GRANT SELECT ON *.* TO busy"
            .formatted(EmbeddedMariaDbServer.PASSWORD));
    try (Connection taken =
        DriverManager.getConnection(database.url(), "busy", EmbeddedMariaDbServer.PASSWORD)) {
      Source.MariaDb source =
          new Source.MariaDb("shop", database.url(), "busy", database.source().password(), 1);

      assertThatThrownBy(() -> JdbcSession.open(source)).isInstanceOf(UnavailableException.class);
      assertThat(taken.isValid(1)).isTrue();
    }
  }

  /** Files are written and compared meanwhile. */
  @Test
  void sessionMayBeIdleForLongerThanTheServerAllows() throws Exception {
    database.execute("SET GLOBAL wait_timeout = 1");
    try (JdbcSession session = database.open();
        Connection idle = connect();
        Connection watch = connect()) {
      // When another one of its age is gone
      long id = idle.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
      awaitEndOf(id, watch);

      // Then
      assertThat(session.tables()).isNotEmpty();
    } finally {
      database.execute("SET GLOBAL wait_timeout = 28800");
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.url(), EmbeddedMariaDbServer.USER, EmbeddedMariaDbServer.PASSWORD);
  }

  private static void awaitEndOf(long connection, Connection watch) throws Exception {
    String sql = "SELECT 1 FROM information_schema.processlist WHERE id = " + connection;
    try (Statement statement = watch.createStatement()) {
      Await.until("end of connection " + connection, () -> !statement.executeQuery(sql).next());
    }
  }

  @Test
  void failuresSayWhatCanBeDone() {
    Source.MariaDb here = database.source();
    database.server().createUser("poor", SECRET);
    database.execute("GRANT SELECT (id) ON sessions.t TO poor");

    assertInvalid(
        () -> JdbcSession.open(new Source.MariaDb("shop", here.url(), "admin", "${env:PATH}", 1)),
        "it refuses the user or the password");
    assertInvalid(
        () -> JdbcSession.open(as("admin", database.server().jdbcUrl("nowhere"))),
        "Unknown database 'nowhere'");
    assertInvalid(
        () -> JdbcSession.open(new Source.Jdbc("other", "jdbc:nothing:x", "a", "", 1)),
        "no driver of the class path takes its url");
    for (String option : List.of("useServerPrepStmts", "tinyInt1isBit")) {
      String url = here.url() + (here.url().contains("?") ? "&" : "?") + option + "=true";
      assertInvalid(() -> JdbcSession.open(as("admin", url)), option);
    }
    assertThatThrownBy(() -> JdbcSession.open(as("admin", "jdbc:mariadb://localhost:1/x")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it cannot be reached");
    try (JdbcSession session = JdbcSession.open(as("poor", database.url()))) {
      assertThat(session.tables()).contains(database.table("t"));
      JdbcTable table = session.describe(database.table("t"));
      assertThat(table.columns())
          .extracting(JdbcColumn::name, JdbcColumn::readable)
          .containsExactly(tuple("id", true), tuple("*", false));
      assertInvalid(
          () ->
              session.check(
                  table, table.query(List.of(table.nulls("n")), "v = 'x'", OnUnmappable.FAIL)),
          "denied");
    }
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("t"));
      assertInvalid(() -> session.describe(database.table("T")), "`sessions`.`T`");
      assertInvalid(() -> session.describe(new Relation("x`; DROP", "t")), "`x``; DROP`.`t`");
      assertInvalid(
          () ->
              session.check(
                  table, table.query(List.of(table.nulls("n")), "id ===", OnUnmappable.FAIL)),
          "error in your SQL syntax");
      session.check(table, query(table));
      assertThat(table.isKey(table.columns().get(0))).isTrue();
      assertThat(table.bytes()).isPositive();
    }
  }

  private static void assertInvalid(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(SECRET);
  }

  private Source.MariaDb as(String user, String url) {
    return new Source.MariaDb("shop", url, user, database.source().password(), 1);
  }

  private static SourceQuery query(JdbcTable table) {
    return MariaDbDatabase.query(table, OnUnmappable.FAIL);
  }
}
