package io.tidemark.spark;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a table at every snapshot of its history, with one plain {@code SELECT} each. */
final class TableHistory {

  private final SparkSession spark;
  private final ReadRequest request;

  TableHistory(SparkSession spark, ReadRequest request) {
    this.spark = spark;
    this.request = request;
  }

  ReadAnswer read() {
    List<SnapshotTotals> snapshots = snapshots().parallelStream().map(this::totals).toList();
    Map<String, Long> counts = new LinkedHashMap<>();
    request.counted().forEach(table -> counts.put(table, count(table)));
    return new ReadAnswer(snapshots, counts);
  }

  private List<Row> snapshots() {
    return spark
        .sql(
            """
            SELECT snapshot_id, unix_millis(made_current_at), is_current_ancestor
            FROM %s.history ORDER BY made_current_at"""
                .formatted(quotedName(request.table())))
        .collectAsList();
  }

  private SnapshotTotals totals(Row snapshot) {
    long id = snapshot.getLong(0);
    return new SnapshotTotals(id, snapshot.getLong(1), snapshot.getBoolean(2), days(id));
  }

  private Map<String, DayTotals> days(long snapshotId) {
    Map<String, DayTotals> days = new LinkedHashMap<>();
    for (Row row : spark.sql(select(snapshotId)).collectAsList()) {
      days.put(row.getString(0), dayTotals(row));
    }
    return days;
  }

  private String select(long snapshotId) {
    String sums =
        request.measures().stream()
            .map(measure -> ", SUM(" + quoted(measure) + ")")
            .collect(Collectors.joining());
    return """
        SELECT CAST(CAST(%s AS DATE) AS STRING) AS local_day, COUNT(*), COUNT_IF(is_final)%s
        FROM %s VERSION AS OF %d
        GROUP BY local_day ORDER BY local_day"""
        .formatted(quoted(request.period()), sums, quotedName(request.table()), snapshotId);
  }

  private DayTotals dayTotals(Row row) {
    Map<String, Object> totals = new LinkedHashMap<>();
    for (int i = 0; i < request.measures().size(); i++) {
      totals.put(request.measures().get(i), plain(row.get(3 + i)));
    }
    return new DayTotals(row.getLong(1), row.getLong(2), totals);
  }

  private long count(String table) {
    return spark.sql("SELECT COUNT(*) FROM " + quotedName(table)).collectAsList().get(0).getLong(0);
  }

  private static Object plain(Object sum) {
    return sum instanceof BigDecimal decimal ? decimal.toPlainString() : sum;
  }

  private static String quotedName(String dotted) {
    return Arrays.stream((CatalogSession.CATALOG + "." + dotted).split("\\."))
        .map(TableHistory::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
