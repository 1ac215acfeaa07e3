package io.tidemark.examples.quickstart;

import io.tidemark.catalog.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Runs plain SQL on the lake, with Flink's batch engine and Iceberg's own connector. */
final class LakeQuery {

  /** Final and live rows of all days, in one statement. */
  static final String BY_DAY =
      """
      SELECT business_date AS `day`, is_final, COUNT(*) AS `rows`,
             SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(cost) AS cost
      FROM ads.campaign_hourly GROUP BY business_date, is_final ORDER BY `day`""";

  private final TableEnvironment flink;

  LakeQuery(Map<String, String> catalog) {
    Configuration settings = new Configuration();
    settings.setString("table.local-time-zone", StoryDays.ZONE.getId());
    settings.setString("parallelism.default", "1");
    flink =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(settings).build());
    flink.createCatalog(
        "lake", CatalogDescriptor.of("lake", Configuration.fromMap(options(catalog))));
    flink.useCatalog("lake");
  }

  /** Runs a query and shows its result. */
  void show(String sql, Narrator narrator) throws Exception {
    var result = flink.executeSql(sql);
    List<List<String>> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = result.collect()) {
      found.forEachRemaining(row -> rows.add(texts(row)));
    }
    narrator.table(result.getResolvedSchema().getColumnNames(), rows);
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      texts.add(String.valueOf(row.getField(i)));
    }
    return texts;
  }

  private static Map<String, String> options(Map<String, String> catalog) {
    Map<String, String> options = new HashMap<>(Secrets.resolve(catalog));
    options.put("type", "iceberg");
    if (catalog.get("type").equals("rest")) {
      options.put("catalog-type", "rest");
    } else {
      options.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
      options.put("jdbc.schema-version", "V1");
    }
    return options;
  }
}
