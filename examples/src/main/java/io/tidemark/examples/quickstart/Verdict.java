package io.tidemark.examples.quickstart;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.examples.quickstart.BillingDatabase.Settled;
import io.tidemark.examples.quickstart.Summary.CatalogAddress;
import io.tidemark.examples.quickstart.Summary.TableSummary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.HasTableOperations;

/**
 * The sources' figures against those an independent engine read.
 *
 * @param settled what billing says of the sealed days
 * @param sent the well-formed events that were in time
 * @param late how many events came too late
 * @param malformed how many events were malformed
 */
record Verdict(Map<LocalDate, Settled> settled, SentEvents sent, int late, int malformed) {

  /** Returns what the sources say of each day: billing where it settled, else the events. */
  Map<LocalDate, Figures> expected() {
    Map<LocalDate, Figures> expected = new TreeMap<>(sent.figures());
    settled.forEach((day, truth) -> expected.put(day, truth.figures()));
    return expected;
  }

  /** Returns what differs, nothing where all is as it should be. */
  List<String> complaints(SparkReading reading, PublishedPositions positions) {
    Map<LocalDate, Figures> expected = expected();
    List<String> complaints =
        new ArrayList<>(
            new HistoryCheck(settled, sent, positions)
                .complaints(reading.snapshots(), List.copyOf(expected.keySet())));
    compare("the totals by day", reading.totals(), expected, complaints);
    compare("the late rows", reading.late(), (long) late, complaints);
    compare("the dead letters", reading.deadLetters(), (long) malformed, complaints);
    return complaints;
  }

  /** Returns the summary of a table as it was read. */
  Summary summary(SparkReading reading, UnifiedTable table, Map<String, String> catalog) {
    TableSummary summary =
        new TableSummary(
            ((HasTableOperations) table.table()).operations().current().metadataFileLocation(),
            table.contract().period().column(),
            table.contract().window().zone().getId(),
            table.state().closed().boundary(table.contract().window().origin()).toString(),
            reading.rows(),
            reading.snapshots().size(),
            reading.totals(),
            expected());
    return new Summary(
        CatalogAddress.of(catalog),
        Map.of(StoryManifest.TABLE, summary),
        reading.late(),
        reading.deadLetters());
  }

  /** Shows both sides. */
  void tell(SparkReading reading, Narrator narrator) {
    List<List<String>> rows = new ArrayList<>();
    expected()
        .forEach(
            (day, figures) -> {
              String source = settled.containsKey(day) ? "billing" : "events";
              rows.add(row(day.toString(), source, figures));
              rows.add(row("", "read", reading.totals().getOrDefault(day, Figures.ZERO)));
            });
    narrator.table(List.of("day", "source", "impressions", "clicks", "cost"), rows);
    narrator.say(
        "\n%d snapshots read, %d rows now; %d late rows, %d dead letters"
            .formatted(
                reading.snapshots().size(), reading.rows(), reading.late(), reading.deadLetters()));
  }

  private static List<String> row(String day, String source, Figures figures) {
    return List.of(
        day,
        source,
        String.valueOf(figures.impressions()),
        String.valueOf(figures.clicks()),
        figures.cost().toPlainString());
  }

  private static void compare(String what, Object found, Object expected, List<String> complaints) {
    if (!Objects.equals(found, expected)) {
      complaints.add("%s are %s, expected %s".formatted(what, found, expected));
    }
  }
}
