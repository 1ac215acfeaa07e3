package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.source.EdgeQuery;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.catalog.UnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What queries bring of tables that change behind their snapshot. */
class QueryReadTest {

  private static final String SQL = "SELECT f.id, r.rate FROM fact f JOIN rates r USING (id)";

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute("CREATE TABLE fact (id int); CREATE TABLE rates (id int, rate int)");
    database.execute(
        "INSERT INTO fact SELECT generate_series(1, 10); INSERT INTO rates SELECT i, i FROM generate_series(1, 10) i");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void tableThatWasTruncatedBehindTheSnapshotIsNoticed() {
    try (PostgresSession holder = database.openForQueries();
        PostgresSession reader = database.openForQueries()) {
      SharedSnapshot snapshot = holder.share().orElseThrow();
      database.execute(
          "TRUNCATE rates; INSERT INTO rates SELECT i, 7 FROM generate_series(1, 9) i");
      reader.join(snapshot, List.of());

      assertThat(count(reader)).isZero();
      assertThatThrownBy(reader::checkRead)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("\"public\".\"rates\": it was truncated or rewritten");
    }
  }

  @Test
  void rowsThatChangeBehindTheSnapshotAreNoMatter() {
    try (PostgresSession holder = database.openForQueries();
        PostgresSession reader = database.openForQueries()) {
      SharedSnapshot snapshot = holder.share().orElseThrow();
      long before = count(holder);
      database.execute("DELETE FROM rates WHERE id = 1; INSERT INTO fact VALUES (2)");
      reader.join(snapshot, List.of());

      assertThat(count(reader)).isEqualTo(before);
      assertThatCode(reader::checkRead).doesNotThrowAnyException();
    }
  }

  private static long count(PostgresSession session) {
    PostgresTable brought =
        session.describe(new EdgeQuery(SQL, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), true));
    try (SourceRows rows =
        session.read(CopyDatabase.query(brought), QuerySlice.whole(SQL).get(0))) {
      long count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
