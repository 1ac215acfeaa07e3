package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * A warehouse of local files with a SQLite catalog, for one table.
 *
 * @param directory an absolute path
 */
public record LocalLake(Path directory) {
  static final String NAMESPACE = "raw";

  /** What all subjects write with; no level of zstd, so that each takes its own. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.target-file-size-bytes", Long.toString(128L << 20),
          "write.distribution-mode", "none");

  Map<String, String> catalog() {
    return Map.of(
        "uri",
        "jdbc:sqlite:" + directory.resolve("catalog.db"),
        "warehouse",
        directory.resolve("warehouse").toUri().toString(),
        "jdbc.schema-version",
        "V1");
  }

  void create(SourceTable table, boolean partitioned, Consumer<Table> tuning) throws IOException {
    Files.createDirectories(directory);
    use(
        catalog -> {
          catalog.createNamespace(Namespace.of(NAMESPACE));
          Table created =
              catalog.createTable(
                  identifier(table), table.schema(), table.spec(partitioned), SETTINGS);
          tuning.accept(created);
          return null;
        });
  }

  /** Reads the table in its current state. */
  <R> R read(SourceTable table, Function<Table, R> reading) {
    return use(catalog -> reading.apply(catalog.loadTable(identifier(table))));
  }

  void delete() {
    FileUtil.fullyDelete(directory.toFile());
  }

  private <R> R use(Function<JdbcCatalog, R> use) {
    try (JdbcCatalog catalog = new JdbcCatalog()) {
      catalog.setConf(new Configuration(false));
      catalog.initialize("lake", catalog());
      return use.apply(catalog);
    }
  }

  private static TableIdentifier identifier(SourceTable table) {
    return TableIdentifier.of(NAMESPACE, table.tableName());
  }
}
