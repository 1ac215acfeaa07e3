package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import io.tidemark.benchmarks.source.Column;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;

/**
 * Spark's JDBC source into Iceberg, {@code local[2]}: two ranges of the key, a large fetch size,
 * binary values, no shuffle before the write and one open file per partition and task.
 */
record SparkSubject(JavaCommand java, Path classPath) implements Subject {
  static final String NAME = "spark";

  private static final String MAIN = "io.tidemark.spark.SparkSqlScript";

  private static final String SCRIPT =
      """
      CREATE TEMPORARY VIEW source USING org.apache.spark.sql.jdbc OPTIONS (
        url '%s', user '%s', password '%s', driver '%s', dbtable '%s.%s',
        partitionColumn '%s', lowerBound '%d', upperBound '%d', numPartitions '2',
        fetchsize '10000', preferTimestampNTZ 'true'%s
      );
      INSERT INTO lake.%s.%s SELECT * FROM source;
      """;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.legacy.charVarcharAsString", "true",
          "spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog",
          "spark.sql.catalog.lake.type", "jdbc");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void tune(Table target) {
    target.updateProperties().set("write.spark.fanout.enabled", "true").commit();
  }

  @Override
  public ProcessBuilder prepare(LoadTask task) throws IOException {
    Path script =
        Files.writeString(
            task.directory().resolve("spark.sql"),
            SCRIPT.formatted(
                task.source().sparkUrl(),
                task.source().user(),
                task.source().password(),
                task.source().driver(),
                task.source().schema(),
                task.table().tableName(),
                task.table().splitColumn(),
                task.bounds().least(),
                task.bounds().greatest() + 1,
                types(task),
                LocalLake.NAMESPACE,
                task.table().tableName()));
    return new ProcessBuilder(
        java.of(sparkClassPath(task), MAIN, properties(task), script.toString()));
  }

  /** Said outright, so that nothing is cast on its way. */
  private static String types(LoadTask task) {
    return task.source().type().equals("postgresql")
        ? ""
        : task.table().columns().stream()
            .map(column -> column.name() + " " + type(column))
            .collect(Collectors.joining(", ", ", customSchema '", "'"));
  }

  private static String type(Column column) {
    return switch (column.kind()) {
      case INT -> "INT";
      case LONG -> "BIGINT";
      case DECIMAL -> "DECIMAL(%d, %d)".formatted(column.precision(), Column.SCALE);
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP_NTZ";
      case TEXT -> "STRING";
    };
  }

  private static List<String> properties(LoadTask task) {
    List<String> properties = new ArrayList<>(List.of("-Duser.timezone=UTC"));
    SETTINGS.forEach((key, value) -> properties.add("-D%s=%s".formatted(key, value)));
    properties.add("-Dspark.local.dir=" + task.lake().directory().resolve("spill"));
    task.lake()
        .catalog()
        .forEach(
            (key, value) -> properties.add("-Dspark.sql.catalog.lake.%s=%s".formatted(key, value)));
    return properties;
  }

  /** Its own classes lie beside the file that names what they need; the driver is ours. */
  private String sparkClassPath(LoadTask task) throws IOException {
    return String.join(
        File.pathSeparator,
        classPath.resolveSibling("classes").toString(),
        Files.readString(classPath).strip(),
        driver(task));
  }

  private static String driver(LoadTask task) throws IOException {
    try {
      Class<?> driver = Class.forName(task.source().driver());
      return Path.of(driver.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IOException("Cannot find driver " + task.source().driver(), e);
    }
  }
}
