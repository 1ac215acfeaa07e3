package io.tidemark.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the quickstart leaves behind as {@code summary.json}.
 *
 * @param catalog where the tables are
 * @param tables what was found, by dotted name
 * @param lateRows the quarantined events
 * @param deadLetters the events that nobody could read
 */
record Summary(
    CatalogAddress catalog,
    Map<String, TableSummary> tables,
    @JsonProperty("late_rows") long lateRows,
    @JsonProperty("dead_letters") long deadLetters) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  /** Where an engine finds the catalog. */
  record CatalogAddress(String type, String uri, String warehouse) {

    static CatalogAddress of(Map<String, String> properties) {
      return new CatalogAddress(
          properties.get("type"), properties.get("uri"), properties.get("warehouse"));
    }
  }

  /**
   * A table.
   *
   * @param metadataLocation its current metadata file
   * @param periodColumn the period column
   * @param zone the zone of its windows
   * @param sealedThrough the boundary, in ISO form
   * @param rows its rows
   * @param snapshotsChecked at how many snapshots the independent engine read the right totals
   * @param totals what the independent engine read, by local day
   * @param expected what the sources say
   */
  record TableSummary(
      @JsonProperty("metadata_location") String metadataLocation,
      @JsonProperty("period_column") String periodColumn,
      String zone,
      @JsonProperty("sealed_through") String sealedThrough,
      long rows,
      @JsonProperty("snapshots_checked") int snapshotsChecked,
      Map<LocalDate, Figures> totals,
      Map<LocalDate, Figures> expected) {}
}
