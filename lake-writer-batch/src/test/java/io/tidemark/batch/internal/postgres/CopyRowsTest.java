package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.fixtures.Await;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All rows of a snapshot are read, each once, or reading fails. */
class CopyRowsTest {

  private static final int MANY = 100_000;

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute(
        "CREATE TABLE many AS SELECT i AS id, repeat('x', 200) AS pad FROM generate_series(1, %d) i"
            .formatted(MANY));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void rangesSeeTheSnapshotThoughRowsMoveMeanwhile() {
    // Given ranges that were cut, and then rows moved to new pages, went, and came
    database.execute(
        "CREATE TABLE moving AS SELECT i AS id, repeat('x', 100) AS pad FROM generate_series(1, 1000) i");
    try (Session holder = database.open()) {
      String snapshot = holder.export();
      PostgresTable table = new PostgresCatalog(holder).describe("public", "moving");
      database.execute(
          """
          UPDATE moving SET id = -id WHERE id % 3 = 0;
          DELETE FROM moving WHERE id % 3 = 1;
          INSERT INTO moving SELECT i, 'new' FROM generate_series(5000, 9000) i
          """);

      // When
      CopiedRows rows = new CopiedRows(CopyDatabase.query(table));
      for (CopyRange range : CopyRanges.of(table, 1, 1)) {
        try (Session reader = database.open()) {
          reader.join(snapshot);
          rows.read(reader, range);
        }
      }

      // Then
      assertThat(rows.column("id"))
          .containsExactlyElementsOf(database.strings("SELECT i FROM generate_series(1, 1000) i"));
    }
  }

  @Test
  void aConnectionThatIsKilledInMidCopyIsAFailure() {
    // Given
    try (Session session = database.open();
        CopyRows rows = openMany(session)) {
      rows.next();

      // When
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidemark load'");

      // Then
      assertThatThrownBy(() -> drain(rows)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void anotherThreadEndsACopy() {
    // Given
    try (Session session = database.open();
        CopyRows rows = openMany(session)) {
      rows.next();

      // When
      CompletableFuture.runAsync(session::cancel).join();

      // Then
      assertThatThrownBy(() -> drain(rows))
          .isInstanceOf(LakeException.class)
          .hasMessageContaining("canceling statement");
    }
  }

  @Test
  void aCopyThatIsNotReadToItsEndCanBeClosed() {
    // Given
    try (Session session = database.open()) {
      CopyRows rows = openMany(session);
      rows.next();

      // When
      rows.close();

      // Then
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE gone AS SELECT 1 AS id | gone \
            | TRUNCATE gone \
            | "gone": it was truncated or rewritten after the snapshot
          CREATE TABLE below AS SELECT 1 AS id; CREATE VIEW above AS TABLE below | above \
            | TRUNCATE below \
            | "below": it was truncated or rewritten after the snapshot
          CREATE TABLE renamed AS SELECT 1 AS id | renamed \
            | ALTER TABLE renamed RENAME TO before; CREATE TABLE renamed AS SELECT 2 AS id \
            | another took its name after the snapshot
          """)
  void aTableThatIsAnotherSinceTheSnapshotIsNotReadInPlaceOfIt(
      String creation, String name, String change, String message) {
    database.execute(creation);
    try (Session session = database.open()) {
      PostgresCatalog catalog = new PostgresCatalog(session);
      PostgresTable table = catalog.describe("public", name);
      database.execute(change);

      assertThatThrownBy(() -> catalog.hold(table))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void aPartitionTruncatedAfterTheSnapshotIsNotTakenForAnEmptyOneThoughTheTableIsReadAsOne() {
    // Given
    database.createRole("auditor");
    database.execute(
        """
        CREATE TABLE whole (id int) PARTITION BY LIST (id);
        CREATE TABLE whole_1 PARTITION OF whole FOR VALUES IN (1);
        INSERT INTO whole VALUES (1);
        GRANT SELECT ON whole TO auditor
        """);
    try (Session session = database.open("auditor")) {
      PostgresCatalog catalog = new PostgresCatalog(session);
      PostgresTable table = catalog.describe("public", "whole");
      database.execute("TRUNCATE whole_1");

      // When / Then
      assertThatThrownBy(() -> catalog.hold(table)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void noLockIsWaitedForWithoutEnd() throws SQLException {
    try (Session session = database.open();
        Statement statement = session.statement();
        ResultSet timeout = statement.executeQuery("SHOW lock_timeout")) {
      timeout.next();
      assertThat(timeout.getString(1)).isEqualTo("1min");
    }
  }

  @Test
  void aReaderDoesNotWaitForWhoWaitsForItsHolder() throws Exception {
    // Given a table that somebody waits to truncate, and with them all who want to read it
    database.execute("CREATE TABLE queued AS SELECT 1 AS id");
    CompletableFuture<Void> truncation;
    try (Session reader = database.open();
        Session holder = database.open()) {
      String snapshot = holder.export();
      PostgresCatalog catalog = new PostgresCatalog(holder);
      PostgresTable table = catalog.describe("public", "queued");
      catalog.hold(table);
      truncation = CompletableFuture.runAsync(() -> database.execute("TRUNCATE queued"));
      awaitLock("queued");
      reader.join(snapshot);

      // When / Then
      assertThat(CompletableFuture.runAsync(() -> new PostgresCatalog(reader).hold(table)))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingRootCause()
          .withMessageContaining("lock timeout");
    }
    truncation.get(30, TimeUnit.SECONDS);
  }

  private static void awaitLock(String table) throws InterruptedException {
    String waiting =
        "SELECT pid FROM pg_locks WHERE NOT granted AND relation = '%s'::regclass".formatted(table);
    Await.until("a lock of " + table, () -> !database.strings(waiting).isEmpty());
  }

  @Test
  void aTableThatIsHeldCannotBeTruncated() {
    // Given
    database.execute("CREATE TABLE held AS SELECT 1 AS id");
    try (Session session = database.open()) {
      PostgresCatalog catalog = new PostgresCatalog(session);

      // When
      catalog.hold(catalog.describe("public", "held"));

      // Then
      assertThatThrownBy(() -> database.execute("SET lock_timeout = '10ms'; TRUNCATE held"))
          .hasStackTraceContaining("lock timeout");
    }
  }

  @Test
  void policiesThatWouldHideRowsAreAFailure() {
    // Given
    database.createRole("tenant");
    database.execute(
        """
        CREATE TABLE tenants AS SELECT i AS id FROM generate_series(1, 9) i;
        GRANT SELECT ON tenants TO tenant;
        ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
        CREATE POLICY half ON tenants USING (id < 5)
        """);
    PostgresTable table = database.describe("public", "tenants");
    CopyQuery query = CopyDatabase.query(table);

    try (Session session = database.open("tenant")) {
      // When / Then
      assertThatThrownBy(
              () -> CopyRows.open(session, query, CopyRange.whole(table.leaves().get(0)), null))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("row-level security");
    }
  }

  @Test
  void aFilterKeepsToItselfInEveryRange() {
    // Given a filter that names the table and ends in a comment
    database.execute(
        "CREATE TABLE \"order\" AS SELECT i AS id, repeat('x', 100) AS pad FROM generate_series(1, 1000) i");
    PostgresTable table = database.describe("public", "order");
    CopyQuery all = CopyDatabase.query(table);
    CopyQuery some =
        new CopyQuery(
            all.schema(),
            all.name(),
            all.columns(),
            "\"order\".id <= 10 OR id = 999 -- the rest later",
            all.onUnmappable());

    // When
    CopiedRows rows = database.read(some, CopyRanges.of(table, 1, 1));

    // Then
    assertThat(rows.column("id"))
        .containsExactlyElementsOf(
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "999"));
  }

  private static CopyRows openMany(Session session) {
    PostgresTable table = new PostgresCatalog(session).describe("public", "many");
    return CopyRows.open(
        session, CopyDatabase.query(table), CopyRange.whole(table.leaves().get(0)), null);
  }

  private static void drain(CopyRows rows) {
    while (rows.next()) {
      // Reads on.
    }
  }
}
