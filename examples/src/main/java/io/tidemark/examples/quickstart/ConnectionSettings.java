package io.tidemark.examples.quickstart;

import io.tidemark.catalog.Secrets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What to paste into other engines to read the playground's table. */
final class ConnectionSettings {

  private final Map<String, String> catalog;

  ConnectionSettings(Map<String, String> catalog) {
    this.catalog = Secrets.resolve(catalog);
  }

  /** Returns the settings of every engine that can open this catalog. */
  Map<String, String> byEngine() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("Spark", spark());
    settings.put("Flink SQL", flink());
    if (isRest()) {
      settings.put("Trino", trino());
      settings.put("ClickHouse", clickHouse());
    } else {
      String reason = "opens no SQLite catalog: run the quickstart with --storage s3";
      settings.put("Trino", reason);
      settings.put("ClickHouse", reason);
    }
    return settings;
  }

  private String spark() {
    String prefix = "  --conf spark.sql.catalog.lake";
    return """
        spark-sql --packages org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.11.0,%s \\
          --conf spark.sql.session.timeZone=%s \\
        %s=org.apache.iceberg.spark.SparkCatalog \\
        """
            .formatted(
                isRest()
                    ? "org.apache.iceberg:iceberg-aws-bundle:1.11.0"
                    : "org.xerial:sqlite-jdbc:3.53.1.0",
                StoryDays.ZONE,
                prefix)
        + catalog.entrySet().stream()
            .map(entry -> "%s.%s='%s'".formatted(prefix, entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(" \\\n"))
        + "\nSELECT * FROM lake."
        + StoryManifest.TABLE
        + " LIMIT 10;";
  }

  private String flink() {
    Map<String, String> options = new TreeMap<>(catalog);
    options.put("type", "iceberg");
    if (isRest()) {
      options.put("catalog-type", "rest");
    } else {
      options.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    }
    return """
        -- in lib: iceberg-flink-runtime-2.1-1.11.0.jar, %s, hadoop-client-api and -runtime 3.5.0
        SET 'table.local-time-zone' = '%s';
        """
            .formatted(
                isRest() ? "iceberg-aws-bundle-1.11.0.jar" : "sqlite-jdbc-3.53.1.0.jar",
                StoryDays.ZONE)
        + options.entrySet().stream()
            .map(entry -> "  '%s' = '%s'".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(",\n", "CREATE CATALOG lake WITH (\n", "\n);\n"))
        + "SELECT * FROM lake."
        + StoryManifest.TABLE
        + " LIMIT 10;";
  }

  private String trino() {
    return """
        # etc/catalog/lake.properties
        connector.name=iceberg
        iceberg.catalog.type=rest
        iceberg.rest-catalog.uri=%s
        iceberg.rest-catalog.warehouse=%s
        fs.native-s3.enabled=true
        s3.endpoint=%s
        s3.region=%s
        s3.path-style-access=true
        s3.aws-access-key=%s
        s3.aws-secret-key=%s"""
        .formatted(
            catalog.get("uri"),
            catalog.get("warehouse"),
            catalog.get("s3.endpoint"),
            catalog.get("client.region"),
            catalog.get("s3.access-key-id"),
            catalog.get("s3.secret-access-key"));
  }

  private String clickHouse() {
    return """
        SET allow_experimental_database_iceberg = 1;
        CREATE DATABASE lake ENGINE = DataLakeCatalog('%s/v1', '%s', '%s')
        SETTINGS catalog_type = 'rest', warehouse = '%s', storage_endpoint = '%s/lake';
        SELECT * FROM lake.`%s` LIMIT 10;"""
        .formatted(
            catalog.get("uri"),
            catalog.get("s3.access-key-id"),
            catalog.get("s3.secret-access-key"),
            catalog.get("warehouse"),
            catalog.get("s3.endpoint"),
            StoryManifest.TABLE);
  }

  private boolean isRest() {
    return catalog.get("type").equals("rest");
  }
}
