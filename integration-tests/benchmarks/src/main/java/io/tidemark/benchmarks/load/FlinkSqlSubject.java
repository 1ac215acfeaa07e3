package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import io.tidemark.benchmarks.peer.FlinkSqlScript;
import io.tidemark.benchmarks.source.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Flink SQL's JDBC connector into Iceberg, as a batch of parallelism 2: autocommit off, two ranges
 * of the key, a large fetch size, binary values, no shuffle before the write.
 */
record FlinkSqlSubject(JavaCommand java) implements Subject {
  static final String NAME = "flink_sql";

  private static final String SCRIPT =
      """
      CREATE CATALOG lake WITH (
        'type' = 'iceberg', 'catalog-impl' = 'org.apache.iceberg.jdbc.JdbcCatalog',
      %s
      );
      CREATE TABLE source (
      %s
      ) WITH (
        'connector' = 'jdbc', 'url' = '%s', 'username' = '%s', 'password' = '%s',
        'table-name' = '%s', 'scan.auto-commit' = 'false', 'scan.fetch-size' = '10000',
        'scan.partition.column' = '%s', 'scan.partition.num' = '2',
        'scan.partition.lower-bound' = '%d', 'scan.partition.upper-bound' = '%d'
      );
      INSERT INTO `lake`.`%s`.`%s` SELECT * FROM source;
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ProcessBuilder prepare(LoadTask task) throws IOException {
    Path script =
        Files.writeString(
            task.directory().resolve("flink.sql"),
            SCRIPT.formatted(
                catalog(task),
                columns(task),
                task.source().flinkUrl(),
                task.source().user(),
                task.source().password(),
                task.source().type().equals("postgresql")
                    ? "public." + task.table().tableName()
                    : task.table().tableName(),
                task.table().splitColumn(),
                task.bounds().least(),
                task.bounds().greatest(),
                LocalLake.NAMESPACE,
                task.table().tableName()));
    return new ProcessBuilder(
        java.own(
            FlinkSqlScript.class.getName(), List.of("-Duser.timezone=UTC"), script.toString()));
  }

  private static String catalog(LoadTask task) {
    return task.lake().catalog().entrySet().stream()
        .map(entry -> "  '%s' = '%s'".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",\n"));
  }

  private static String columns(LoadTask task) {
    return task.table().columns().stream()
        .map(column -> "  `%s` %s".formatted(column.name(), type(column)))
        .collect(Collectors.joining(",\n"));
  }

  private static String type(Column column) {
    return switch (column.kind()) {
      case INT -> "INT";
      case LONG -> "BIGINT";
      case DECIMAL -> "DECIMAL(%d, %d)".formatted(column.precision(), Column.SCALE);
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP(6)";
      case TEXT -> "STRING";
    };
  }
}
