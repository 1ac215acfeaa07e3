package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How Tidemark is asked to load: as it does by default, or with a part of it left out. */
enum Variant {
  /** As its users have it, with 3 connections: two that read, and one that holds the snapshot. */
  TIDEMARK(3, "", Map.of(), List.of()),
  /** Through the driver's cursors and by ranges of the key, as any database is read. */
  TIDEMARK_JDBC(2, "      consistency: ranges\n", Map.of(), List.of()),
  /** By two connections without a shared snapshot, as the peers read. */
  TIDEMARK_RANGES(2, "      consistency: ranges\n", Map.of(), List.of()),
  /** One connection, and so one range and one task that reads. */
  ONE_CONNECTION(1, "", Map.of(), List.of()),
  /** Every column added up by the database and from the files, where else rows are counted. */
  CHECKSUMS(3, "      parity: checksums\n", Map.of(), List.of()),
  /** Every value written out, where else columns of few values have a dictionary. */
  NO_DICTIONARY(3, "", Map.of("parquet.enable.dictionary", "false"), List.of()),
  /** Every class loaded and checked anew, where else an archive of them is mapped. */
  NO_ARCHIVE(3, "", Map.of(), List.of("-Xshare:off")),
  /** What changed since the load before, in place of the rows with the same keys. */
  UPSERT(
      3,
      """
            mode: upsert
            cursor: transaction
            key: [ event_id ]
      """,
      Map.of(),
      List.of());

  /** What is compared with {@link #TIDEMARK} to see what a part of it is worth. */
  static final List<Variant> ABLATIONS =
      List.of(TIDEMARK_JDBC, ONE_CONNECTION, CHECKSUMS, NO_DICTIONARY, NO_ARCHIVE);

  private final int connections;
  private final String options;
  private final Map<String, String> target;
  private final List<String> java;

  Variant(int connections, String options, Map<String, String> target, List<String> java) {
    this.connections = connections;
    this.options = options;
    this.target = target;
    this.java = java;
  }

  /** Its name as a subject. */
  String subject() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of the source in the manifest, of a database whose own type is given. */
  String sourceType(String ofDatabase) {
    return this == TIDEMARK_JDBC ? "jdbc" : ofDatabase;
  }

  /** The URL of the source, as the peers have it where the path is the same as theirs. */
  String url(SourceDatabase source) {
    return this == TIDEMARK_JDBC ? source.flinkUrl() : source.url();
  }

  int connections() {
    return connections;
  }

  /** Further lines of the load in the manifest. */
  String options() {
    return options;
  }

  /** Properties of the target table. */
  Map<String, String> target() {
    return target;
  }

  /** Further arguments of the JVM. */
  List<String> java() {
    return java;
  }
}
