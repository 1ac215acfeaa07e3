package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database proves of which ranges the rows are the very same as in a snapshot before. */
class SnapshotMarkTest {

  private static CopyDatabase database;

  /** What was known of a table at some time. */
  private record Seen(SnapshotMark mark, List<CopyRange> ranges, List<Long> rows) {

    static Seen of(String name) {
      PostgresTable table = database.describe("public", name);
      List<CopyRange> ranges = CopyRanges.of(table, 1, 1);
      CopyQuery query = CopyDatabase.query(table);
      try (Session session = database.open()) {
        SnapshotMark mark = SnapshotMark.of(session).orElseThrow();
        List<Long> rows = new ArrayList<>();
        ranges.forEach(r -> rows.add(ChecksumQuery.count(session, query, r)));
        return new Seen(mark, ranges, rows);
      }
    }

    /** Returns which ranges the database now proves unchanged. */
    List<Integer> unchanged() {
      List<Integer> unchanged = new ArrayList<>();
      try (Session session = database.open()) {
        SnapshotMark now = SnapshotMark.of(session).orElseThrow();
        for (int i = 0; i < ranges.size(); i++) {
          if (now.isUnchanged(session, mark, ranges.get(i), rows.get(i))) {
            unchanged.add(i);
          }
        }
      }
      return unchanged;
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void rangesWithOtherRowsAreToldFromThoseWithTheSame() {
    // Given ranges of a page each
    create("moved");
    Seen before = Seen.of("moved");
    assertThat(before.ranges()).hasSizeGreaterThan(4);

    // When
    database.execute("DELETE FROM moved WHERE id = 1");
    database.execute("UPDATE moved SET id = -id WHERE id = 700");
    database.execute("VACUUM (FREEZE) moved");

    // Then
    assertThat(before.unchanged()).contains(1, 2).doesNotContain(0, 3);
  }

  @Test
  void rowsOfATransactionThatWasOpenAreNewThoughItIsOlder() throws SQLException {
    // Given a row that is replaced in its page, by a part of a transaction
    create("replaced");
    database.execute("DELETE FROM replaced WHERE id < 20");
    database.execute("VACUUM replaced");
    Seen before;
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("CREATE TEMPORARY TABLE anything (id int)");
      statement.execute("SAVEPOINT s");
      statement.execute("UPDATE replaced SET id = -id WHERE id = 20");
      before = Seen.of("replaced");

      // When
      open.commit();
    }

    // Then
    assertThat(before.unchanged()).contains(1, 2, 3).doesNotContain(0);
  }

  @Test
  void truncatedRewrittenAndAlteredTablesAreOthers() {
    // Given
    create("other");
    List<String> identities = new ArrayList<>(List.of(identity("other")));

    // When
    for (String change :
        List.of(
            "TRUNCATE other",
            "VACUUM FULL other",
            "ALTER TABLE other ADD more int DEFAULT 1",
            "ALTER TABLE other DROP more, ADD more2 int",
            "ALTER TABLE other RENAME more2 TO more",
            "DROP TABLE other; CREATE TABLE other (id int, more int)")) {
      database.execute(change);
      identities.add(identity("other"));
    }

    // Then
    assertThat(identities).doesNotHaveDuplicates().doesNotContainNull();
    database.execute("INSERT INTO other SELECT 1; CREATE VIEW seen AS TABLE other");
    assertThat(identity("other")).isEqualTo(identities.get(identities.size() - 1));
    assertThat(identity("seen")).isNull();
  }

  @Test
  void snapshotsOfOtherTimesAndPlacesProveNothing() {
    // Given
    SnapshotMark before = new SnapshotMark("here", "", 100, 110, false);

    // Then
    assertThat(new SnapshotMark("here", "", 100, 110, false).follows(before)).isTrue();
    assertThat(new SnapshotMark("there", "", 120, 130, false).follows(before)).isFalse();
    assertThat(new SnapshotMark("here", "", 80, 90, false).follows(before)).isFalse();
    assertThat(new SnapshotMark("here", "", 109, 130, true).follows(before)).isFalse();
    assertThat(new SnapshotMark("here", "", 110, 130, true).follows(before)).isTrue();
    assertThat(new SnapshotMark("here", "", 120, 100 + (1L << 31), false).follows(before))
        .isFalse();
  }

  @Test
  void renamedLabelOfAnEnumProvesNothing() {
    // Given
    database.execute(
        "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE moods AS SELECT mood 'sad' AS m");
    Seen seen = Seen.of("moods");
    assertThat(seen.unchanged()).isNotEmpty();

    // When
    database.execute("ALTER TYPE mood RENAME VALUE 'sad' TO 'low'");

    // Then
    assertThat(seen.unchanged()).isEmpty();
  }

  @Test
  void standbyThatIsBehindWillCatchUp() {
    // Given
    SnapshotMark before = new SnapshotMark("here", "", 100, 110, false);

    // Then
    assertThat(new SnapshotMark("here", "", 109, 130, true).isBehind(before)).isTrue();
    assertThat(new SnapshotMark("here", "", 110, 130, true).isBehind(before)).isFalse();
    assertThat(new SnapshotMark("here", "", 80, 90, false).isBehind(before)).isFalse();
    assertThat(new SnapshotMark("there", "", 80, 90, true).isBehind(before)).isFalse();
  }

  private static void create(String name) {
    database.execute(
        "CREATE TABLE %s AS SELECT i AS id FROM generate_series(1, 226 * 5) i".formatted(name));
  }

  private static String identity(String name) {
    return database.describe("public", name).leaves().get(0).identity();
  }

  @Test
  void serverThatLagsBehindDoesNotSeeAllThatWasOver() {
    SnapshotMark planned = new SnapshotMark("here", "", 100, 110, false);

    assertThat(new SnapshotMark("here", "a", 100, 105, true).sees(planned)).isTrue();
    assertThat(new SnapshotMark("here", "", 120, 130, false).sees(planned)).isTrue();
    assertThat(new SnapshotMark("here", "", 99, 130, true).sees(planned)).isFalse();
    assertThat(new SnapshotMark("there", "", 120, 130, false).sees(planned)).isFalse();
  }
}
