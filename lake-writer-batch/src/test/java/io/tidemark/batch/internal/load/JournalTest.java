package io.tidemark.batch.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.postgres.CopyRange;
import io.tidemark.batch.internal.postgres.Leaf;
import io.tidemark.batch.internal.postgres.PostgresTable;
import io.tidemark.batch.internal.postgres.PostgresTable.Kind;
import io.tidemark.batch.internal.source.SourceRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What splits leave for the next attempt, and what that makes of it. */
class JournalTest {

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()));
  private static final long THEN = 1_790_000_000_000L;

  @TempDir private Path directory;

  private Table table;
  private Journal journal;

  @BeforeEach
  void createTable() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("name").build();
    table =
        new HadoopTables(new Configuration())
            .create(SCHEMA, spec, directory.resolve("t").toString());
    journal = Journal.of(table, "a/run: with *everything*");
  }

  @Test
  void entriesComeBackAsTheyWereWritten() {
    // Given
    journal.begin();
    JournalEntry written = entry(file("data/a.parquet"), range("1/1/1", 0, 10));
    journal.add(written);
    journal.add(new JournalEntry("another request", THEN, List.of(), 0, Set.of(), List.of()));
    Journal.of(table, "another run").add(written);

    // When
    List<JournalEntry> read = journal.entries("request");

    // Then
    assertThat(read).hasSize(1);
    assertThat(read.get(0)).usingRecursiveComparison().ignoringFields("files").isEqualTo(written);
    assertThat(read.get(0).files())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
            "partitionType", "fromProjectionPos", "avroSchema")
        .isEqualTo(written.files());
  }

  @Test
  void entriesThatWereCutShortAreNone() throws IOException {
    // Given
    journal.add(entry(file("data/a.parquet"), range("1/1/1", 0, 10)));
    Path file =
        files("tidemark-load").filter(f -> f.toString().endsWith(".json")).findFirst().get();
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, Files.readString(file).substring(0, 300));

    // When
    List<JournalEntry> read = journal.entries("request");

    // Then
    assertThat(read).isEmpty();
  }

  @Test
  void rangesOfRelationsThatAreStillThereAreTakenOverOnce() {
    // Given
    JournalEntry kept = entry(file("data/a.parquet"), range("1/1/1", 0, 10));
    JournalEntry truncated = entry(file("data/b.parquet"), range("2/2/2", 0, 10));
    JournalEntry overlapping =
        new JournalEntry(
            "request", THEN - 1, List.of(range("1/1/1", 5, 15)), 0, Set.of(), List.of());
    Leaf leaf = new Leaf("s", "t", true, 40, 40 * 8192, "1/1/1");
    Leaf another = new Leaf("s", "t2", true, 10, 10 * 8192, "2/3/2");
    Leaf view = new Leaf("s", "v", true, 0, 0, null);
    PostgresTable relation =
        new PostgresTable(
            "s", "t", Kind.PARTITIONED, List.of(), List.of(), -1, List.of(leaf, another, view));

    // When
    Map<JournalEntry, List<SourceRange>> taken =
        TakeOver.of(relation, List.of(overlapping, truncated, kept));

    // Then
    assertThat(taken).containsExactly(Map.entry(kept, List.of(CopyRange.of(leaf, 0, 10))));
  }

  @Test
  void whatAttemptsLeftBehindGoesOnceTheirRunHasLanded() throws IOException {
    // Given two attempts, of which one has landed, and another run that is under way
    String name = journal.newOperation();
    journal.begin();
    journal.begin();
    journal.add(entry(file("data/x.parquet"), range("1/1/1", 0, 10)));
    Journal running = Journal.of(table, "another run");
    running.begin();
    Path data = Files.createDirectories(directory.resolve("t/data/name=a"));
    Path landed = Files.createFile(data.resolve("00000-0-" + name + "-00001.parquet"));
    Path left =
        Files.createFile(data.resolve("00001-0-" + journal.newOperation() + "-00001.parquet"));
    Path other =
        Files.createFile(data.resolve("00001-0-" + running.newOperation() + "-00001.parquet"));
    table.newAppend().appendFile(file(landed.toString())).commit();

    // When
    Sweep.after(table, "a/run: with *everything*").run(false);

    // Then
    assertThat(left).doesNotExist();
    assertThat(landed).exists();
    assertThat(other).exists();
    assertThat(files("tidemark-load"))
        .allMatch(f -> f.toString().contains(running.run()))
        .isNotEmpty();
  }

  @Test
  void whatADeadRunLeftBehindGoesWithTheNextOne() throws IOException {
    // Given
    Journal dead = Journal.of(table, "killed last week");
    dead.begin();
    FileTime lastWeek = FileTime.from(Instant.now().minus(Duration.ofDays(7)));
    for (Path file : files("tidemark-load").toList()) {
      Files.setLastModifiedTime(file, lastWeek);
    }
    journal.begin();
    Path data = Files.createDirectories(directory.resolve("t/data/name=a"));
    Path left = Files.createFile(data.resolve("00001-0-" + dead.newOperation() + "-00001.parquet"));

    // When
    Sweep.after(table, "a/run: with *everything*").run(false);

    // Then
    assertThat(left).doesNotExist();
    assertThat(files("tidemark-load")).isEmpty();
  }

  @Test
  void filesOfTheSameRunInAnotherTableStay() throws IOException {
    // Given two tables whose files are in one folder
    Path data = Files.createDirectories(directory.resolve("shared"));
    table.updateProperties().set("write.data.path", data.toString()).commit();
    Table beside =
        new HadoopTables(new Configuration())
            .create(SCHEMA, PartitionSpec.unpartitioned(), directory.resolve("beside").toString());
    Journal another = Journal.of(beside, "a/run: with *everything*");
    Path live = Files.createFile(data.resolve("00001-0-" + another.newOperation() + "-1.parquet"));
    Path left = Files.createFile(data.resolve("00001-0-" + journal.newOperation() + "-1.parquet"));
    journal.begin();
    journal.begin();

    // When
    Sweep.after(table, "a/run: with *everything*").run(false);

    // Then
    assertThat(live).exists();
    assertThat(left).doesNotExist();
  }

  private Stream<Path> files(String folder) throws IOException {
    Path there = directory.resolve("t").resolve(folder);
    if (!Files.exists(there)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(there)) {
      return files.filter(Files::isRegularFile).toList().stream();
    }
  }

  private static JournalEntry entry(DataFile file, JournalEntry.Range range) {
    return new JournalEntry("request", THEN, List.of(range), 3, Set.of("name"), List.of(file));
  }

  private static JournalEntry.Range range(String leaf, long from, long to) {
    Leaf of = new Leaf("s", "t", true, 40, 40 * 8192, leaf);
    return new JournalEntry.Range(CopyRange.of(of, from, to).text(), 7, "{\"proof\":7}");
  }

  private DataFile file(String location) {
    Metrics metrics =
        new Metrics(
            7L,
            Map.of(1, 40L, 2, 50L),
            Map.of(1, 7L, 2, 7L),
            Map.of(1, 0L, 2, 3L),
            Map.of(),
            Map.of(1, ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 0, 0, 0, 0})),
            Map.of(2, ByteBuffer.wrap("ä🎉".getBytes(UTF_8))));
    return DataFiles.builder(table.spec())
        .withPath(location)
        .withFileSizeInBytes(1234)
        .withPartitionPath("name=a")
        .withMetrics(metrics)
        .withSplitOffsets(List.of(4L))
        .build();
  }
}
