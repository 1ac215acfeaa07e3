package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.postgres.PostgresTable.Kind;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnavailableException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of all shapes are described and read whole. */
class PostgresTableTest {

  /** 63 bytes of what names are not made of. */
  private static final String HOSTILE =
      "select \"1\"; DROP TABLE x; -- '🎉' %s %d \\ / . , $1 ?   - 6363";

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute(
        """
        CREATE TABLE keyless (id int, pad text);
        CREATE TABLE empty (id int PRIMARY KEY);
        CREATE TABLE dropped (junk text, id int, more text, pad text, PRIMARY KEY (pad, id) INCLUDE (more));
        ALTER TABLE dropped DROP COLUMN junk, ADD COLUMN late int DEFAULT 7;
        CREATE TABLE generated (id int, pad text GENERATED ALWAYS AS (repeat('x', id % 50)) STORED);
        CREATE TABLE parted (id int, part int, pad text, PRIMARY KEY (part, id)) PARTITION BY LIST (part);
        CREATE TABLE parted_0 PARTITION OF parted FOR VALUES IN (0);
        CREATE TABLE parted_1 (pad text, junk int, part int NOT NULL, id int NOT NULL);
        ALTER TABLE parted_1 DROP COLUMN junk;
        ALTER TABLE parted ATTACH PARTITION parted_1 FOR VALUES IN (1);
        CREATE TABLE parted_rest PARTITION OF parted DEFAULT PARTITION BY RANGE (id);
        CREATE TABLE parted_low PARTITION OF parted_rest FOR VALUES FROM (0) TO (100);
        CREATE TABLE parted_high PARTITION OF parted_rest DEFAULT;
        CREATE TABLE hollow (id int) PARTITION BY LIST (id);
        CREATE TABLE parent (id int PRIMARY KEY, pad text);
        CREATE TABLE son (x int) INHERITS (parent);
        CREATE TABLE daughter (y int) INHERITS (parent);
        CREATE TABLE grandchild () INHERITS (son, daughter);

        INSERT INTO keyless SELECT i, repeat('x', 100) FROM generate_series(1, 1000) i;
        INSERT INTO dropped SELECT i, 'more', 'pad' FROM generate_series(1, 1000) i;
        INSERT INTO generated SELECT i FROM generate_series(1, 1000) i;
        INSERT INTO parted SELECT i, i % 4, repeat('x', 100) FROM generate_series(1, 1000) i;
        INSERT INTO parent SELECT i, 'p' FROM generate_series(1, 300) i;
        INSERT INTO son SELECT i, repeat('s', 100) FROM generate_series(200, 400) i;
        INSERT INTO grandchild SELECT i, repeat('g', 100) FROM generate_series(1, 400) i;

        CREATE VIEW a_view AS SELECT id, pad FROM parted WHERE id % 2 = 0;
        CREATE MATERIALIZED VIEW materialized AS SELECT id, pad FROM parent;
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyless",
        "empty",
        "dropped",
        "generated",
        "parted",
        "hollow",
        "parent",
        "son",
        "a_view",
        "materialized"
      })
  void everyRowIsReadOnce(String name) {
    // When each page is a range of its own
    CopiedRows rows = database.read(name);

    // Then
    assertThat(rows.column("id"))
        .containsExactlyInAnyOrderElementsOf(database.strings("SELECT id FROM " + name));
  }

  @Test
  void leavesAreThoseThatHoldRows() {
    // When
    PostgresTable table = database.describe("public", "parted");

    // Then
    assertThat(table.kind()).isEqualTo(Kind.PARTITIONED);
    assertThat(table.leaves())
        .extracting(Leaf::name)
        .containsExactlyInAnyOrder("parted_0", "parted_1", "parted_low", "parted_high");
    assertThat(table.leaves()).allMatch(leaf -> leaf.pages() > 0 && leaf.bytes() > 0);
  }

  @Test
  void keysAreRequiredAndIdentify() {
    // When
    CopyQuery query = CopyDatabase.query(database.describe("public", "dropped"));

    // Then
    assertThat(query.icebergSchema().identifierFieldNames()).containsExactlyInAnyOrder("id", "pad");
    assertThat(query.icebergSchema().findField("more").isOptional()).isTrue();
  }

  @Test
  void aKeyThatNotEveryPartitionHasIdentifiesNothing() {
    // Given an index that is invalid until each partition has one
    database.execute(
        """
        CREATE TABLE halfway (id int NOT NULL, part int NOT NULL) PARTITION BY LIST (part);
        CREATE TABLE halfway_0 PARTITION OF halfway FOR VALUES IN (0);
        INSERT INTO halfway VALUES (1, 0), (1, 0);
        ALTER TABLE ONLY halfway ADD PRIMARY KEY (id, part)
        """);

    // When
    PostgresTable table = database.describe("public", "halfway");

    // Then
    assertThat(table.primaryKey()).isEmpty();
  }

  /** Partitions are read past what the table's own policies would hide, and it past theirs. */
  @Test
  void partitionsWithPoliciesOfRowsAreReadAsOneTable() {
    // Given
    database.createRole("tenant");
    database.execute(
        """
        CREATE TABLE guarded_root (id int) PARTITION BY LIST (id);
        CREATE TABLE guarded_root_0 PARTITION OF guarded_root DEFAULT;
        CREATE TABLE guarded_leaf (id int) PARTITION BY LIST (id);
        CREATE TABLE guarded_leaf_0 PARTITION OF guarded_leaf DEFAULT;
        INSERT INTO guarded_root VALUES (1), (2);
        INSERT INTO guarded_leaf VALUES (1), (2);
        GRANT SELECT ON guarded_root, guarded_root_0, guarded_leaf, guarded_leaf_0 TO tenant;
        ALTER TABLE guarded_root ENABLE ROW LEVEL SECURITY;
        ALTER TABLE guarded_leaf_0 ENABLE ROW LEVEL SECURITY;
        CREATE POLICY half ON guarded_root USING (id = 1)
        """);

    // When / Then
    assertThatThrownBy(() -> database.readAs("tenant", "guarded_root"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("row-level security");
    assertThat(database.readAs("tenant", "guarded_leaf").column("id"))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void aKeyThatInheritingTablesRepeatIdentifiesNothing() {
    // When
    CopyQuery query = CopyDatabase.query(database.describe("public", "parent"));

    // Then
    assertThat(query.icebergSchema().identifierFieldIds()).isEmpty();
    assertThat(query.icebergSchema().findField("id").isOptional()).isTrue();
  }

  @Test
  void aKeyIdentifiesNothingThoughARoleMayNotReadTheInheritingTablesThemselves() {
    // Given
    try (Session session = openWith("SELECT ON parent", "heir")) {
      // When
      PostgresTable table = new PostgresCatalog(session).describe("public", "parent");

      // Then
      assertThat(table.isKeyUnique()).isFalse();
    }
  }

  @Test
  void rowsAreEstimatedOnceTheTableWasAnalyzed() {
    // Given
    database.execute("CREATE TABLE counted AS SELECT i AS id FROM generate_series(1, 5000) i");
    PostgresTable unknown = database.describe("public", "counted");
    database.execute(
        "ANALYZE counted; INSERT INTO counted SELECT i FROM generate_series(1, 5000) i");

    // When
    PostgresTable known = database.describe("public", "counted");

    // Then
    assertThat(unknown.estimatedRows()).isEqualTo(-1);
    assertThat(known.estimatedRows()).isBetween(8_000L, 12_000L);
    assertThat(database.describe("public", "empty").estimatedRows()).isZero();
  }

  @Test
  void namesAreNamesWhateverTheyContain() {
    // Given
    String quoted = Identifiers.quoted(HOSTILE);
    database.execute(
        "CREATE SCHEMA %1$s; CREATE TABLE %1$s.%1$s (%1$s int PRIMARY KEY); INSERT INTO %1$s.%1$s VALUES (7)"
            .formatted(quoted));
    PostgresTable table = database.describe(HOSTILE, HOSTILE);

    // When
    CopiedRows rows = database.read(CopyDatabase.query(table), CopyRanges.of(table, 1, 1));

    // Then
    assertThat(table.primaryKey()).containsExactly(HOSTILE);
    assertThat(rows.column(HOSTILE)).containsExactly("7");
  }

  @Test
  void aTableWhosePartitionsARoleMayNotReadIsReadAsOne() {
    // Given
    try (Session session = openWith("SELECT ON parted", "clerk")) {
      PostgresTable table = new PostgresCatalog(session).describe("public", "parted");
      CopiedRows rows = new CopiedRows(CopyDatabase.query(table));

      // When
      CopyRanges.of(table, 1, 8).forEach(range -> rows.read(session, range));

      // Then
      assertThat(rows.rows()).isEqualTo(1_000);
    }
  }

  @Test
  void columnsThatARoleMayNotReadAreTold() {
    // Given
    try (Session session = openWith("SELECT (id) ON keyless", "guest")) {
      // When
      PostgresTable table = new PostgresCatalog(session).describe("public", "keyless");

      // Then
      assertThat(table.columns()).extracting(PostgresColumn::readable).containsExactly(true, false);
    }
  }

  /** Opens a session of a new role that may do so much. */
  private static Session openWith(String privilege, String role) {
    database.createRole(role);
    database.execute("GRANT %s TO %s".formatted(privilege, role));
    return database.open(role);
  }

  @Test
  void viewWithoutItsDataIsRefused() {
    // Given
    database.execute(
        """
        CREATE MATERIALIZED VIEW hollow_view AS SELECT 1 AS id WITH NO DATA;
        CREATE VIEW above AS SELECT * FROM hollow_view
        """);

    // When / Then
    assertThatThrownBy(() -> database.describe("public", "hollow_view"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot read \"public\".\"hollow_view\": it was not populated yet. Run REFRESH MATERIALIZED VIEW \"public\".\"hollow_view\"");
    assertThatThrownBy(() -> database.read("above"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("hollow_view");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RAISE 'no rows today'", "PERFORM nextval('numbers')", "ASSERT false"})
  void whatAFunctionRefusesIsNotTriedAgain(String statement) {
    // Given
    database.execute(
        """
        CREATE SEQUENCE IF NOT EXISTS numbers;
        CREATE OR REPLACE FUNCTION picky() RETURNS int LANGUAGE plpgsql AS $$
          BEGIN %s; RETURN 1; END $$;
        CREATE OR REPLACE VIEW guarded AS SELECT picky() AS id
        """
            .formatted(statement));
    PostgresTable table = database.describe("public", "guarded");
    CopiedRows rows = new CopiedRows(CopyDatabase.query(table));

    try (Session session = database.open()) {
      session.export();
      // When / Then
      assertThatThrownBy(() -> rows.read(session, CopyRanges.of(table, 1, 1).get(0)))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void snapshotThatNobodyHoldsAnyMoreMayBeHadAnotherTime() {
    // Given
    String snapshot;
    try (Session holder = database.open()) {
      snapshot = holder.export();
    }

    // When / Then
    try (Session session = database.open()) {
      assertThatThrownBy(() -> session.join(snapshot)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    // When / Then
    assertThatThrownBy(() -> database.describe("public", "Keyless"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Cannot read \"public\".\"Keyless\": there is no such table or view");
  }
}
