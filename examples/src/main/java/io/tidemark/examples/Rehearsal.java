package io.tidemark.examples;

import io.tidemark.catalog.job.JobMain;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;

/**
 * Loads a few rows of an embedded PostgreSQL, so that the virtual machine has met the classes that
 * loads need when it writes them to an archive at its end.
 */
final class Rehearsal {

  private static final String DATABASE = "shop";

  private static final String ROWS =
      """
      CREATE TABLE plain AS
        SELECT i::bigint AS id, i::int AS number, i::numeric(12, 2) AS price, i::float8 AS share, i % 2 = 0 AS even,
               'text ' || i AS name, TIMESTAMP '2026-01-01' + i * INTERVAL '1 minute' AS at, CURRENT_DATE AS day
        FROM generate_series(1, 5000) AS i;
      CREATE TABLE dated AS SELECT * FROM plain;
      VACUUM ANALYZE""";

  private static final String MANIFEST =
      """
      catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "file://%1$s/lake", jdbc.schema-version: V1 }
      sources:
        shop: { type: postgresql, url: "%2$s", user: %3$s, password: "${file:%1$s/password}", connections: 3 }
      tables:
        raw.plain: { load: { from: { source: shop, table: public.plain } } }
        raw.dated: { load: { from: { source: shop, table: public.dated }, partition: [ day(at) ] } }
      """;

  private Rehearsal() {}

  /** Ends with the exit code of the load. */
  public static void main(String[] args) throws IOException {
    LocalDisk.use();
    Path directory = Files.createTempDirectory("tidemark-rehearsal-");
    int exit;
    try (EmbeddedPostgresServer postgres =
        EmbeddedPostgresServer.start(directory.resolve("postgres"))) {
      exit = load(postgres, directory);
    } finally {
      FileUtil.fullyDelete(directory.toFile());
    }
    System.exit(exit);
  }

  private static int load(EmbeddedPostgresServer postgres, Path directory) throws IOException {
    postgres.createDatabase(DATABASE);
    for (String statement : ROWS.split(";")) {
      postgres.execute(DATABASE, statement);
    }
    Files.writeString(directory.resolve("password"), EmbeddedPostgresServer.PASSWORD);
    Path manifest =
        Files.writeString(
            directory.resolve("lake.yaml"),
            MANIFEST.formatted(directory, postgres.jdbcUrl(DATABASE), EmbeddedPostgresServer.USER));
    return JobMain.run(new Lake(), "load", "--all", "--manifest", manifest.toString());
  }
}
