package io.tidemark.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A small, quiet Spark with one Iceberg catalog, named {@value #CATALOG}. */
final class CatalogSession {

  static final String CATALOG = "lake";

  private static final String PREFIX = "spark.sql.catalog." + CATALOG;

  private CatalogSession() {}

  static SparkSession open(Map<String, String> catalog, String zone) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("tidemark-reader")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", zone)
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.adaptive.enabled", false)
            .config("spark.sql.codegen.wholeStage", false)
            .config(PREFIX, "org.apache.iceberg.spark.SparkCatalog")
            .config(PREFIX + ".cache-enabled", false);
    catalog.forEach((key, value) -> builder.config(PREFIX + "." + key, value));
    return builder.getOrCreate();
  }
}
