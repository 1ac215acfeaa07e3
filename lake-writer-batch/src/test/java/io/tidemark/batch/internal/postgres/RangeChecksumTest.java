package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.MixedTable;
import io.tidemark.batch.internal.source.RangeChecksum;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database and the vectors come to the same sums, and to others when a value changes. */
class RangeChecksumTest {

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute(MixedTable.CREATE);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void vectorsComeToWhatTheDatabaseAddsUp() {
    // Given
    PostgresTable table = database.describe("public", "mixed");
    CopyQuery query = CopyDatabase.query(table);
    List<CopyRange> ranges = CopyRanges.of(table, 400_000, 1);
    assertThat(ranges).hasSizeGreaterThan(2);

    for (CopyRange range : ranges) {
      // When
      RangeChecksum copied = database.read(query, List.of(range)).checksum();

      // Then
      assertThat(copied.rows()).isPositive();
      assertThat(copied).isEqualTo(sum(query, range));
    }
  }

  @Test
  void aValueThatChangesChangesTheSum() {
    // Given
    database.execute("CREATE TABLE twice AS SELECT 'b' AS a, 'a' AS b UNION ALL SELECT 'a', 'c'");
    PostgresTable table = database.describe("public", "twice");
    CopyQuery query = CopyDatabase.query(table);
    RangeChecksum before = sum(query, CopyRange.whole(table.leaves().get(0)));

    // When two rows of one column change places, and a value of the other changes
    database.execute("UPDATE twice SET a = CASE a WHEN 'a' THEN 'b' ELSE 'a' END, b = upper(b)");

    // Then
    RangeChecksum after = sum(query, CopyRange.whole(table.leaves().get(0)));
    assertThat(after.columns().get(0)).isEqualTo(before.columns().get(0));
    assertThat(after.columns().get(1)).isNotEqualTo(before.columns().get(1));
  }

  private static RangeChecksum sum(CopyQuery query, CopyRange range) {
    try (Session session = database.open()) {
      return ChecksumQuery.run(session, query, range, Set.of());
    }
  }
}
