package io.tidemark.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the statements of a file in Spark SQL, one after the other. The session's settings are the
 * {@code spark.*} system properties.
 */
public final class SparkSqlScript {

  private SparkSqlScript() {}

  /** Takes the file, whose statements each end with a semicolon at the end of a line. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("script").getOrCreate()) {
      for (String statement : Files.readString(Path.of(args[0])).split(";\\s*\n")) {
        spark.sql(statement);
      }
    }
  }
}
