package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        url '%s', user '%s', password '%s', driver 'org.postgresql.Driver', dbtable 'public.%s',
        partitionColumn '%s', lowerBound '%d', upperBound '%d', numPartitions '2',
        fetchsize '10000', preferTimestampNTZ 'true'
      );
      INSERT INTO lake.%s.%4$s SELECT * FROM source;
      """;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.sql.session.timeZone", "UTC",
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
                task.source().binaryUrl(),
                task.source().user(),
                task.source().password(),
                task.table().tableName(),
                task.table().splitColumn(),
                task.bounds().least(),
                task.bounds().greatest() + 1,
                LocalLake.NAMESPACE));
    return new ProcessBuilder(java.of(sparkClassPath(), MAIN, properties(task), script.toString()));
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

  /** Its own classes lie beside the file that names what they need. */
  private String sparkClassPath() throws IOException {
    return classPath.resolveSibling("classes")
        + File.pathSeparator
        + Files.readString(classPath).strip();
  }
}
