package io.tidemark.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What to read.
 *
 * @param catalog Iceberg's catalog properties, secrets resolved; {@code type} among them
 * @param table the table's dotted name
 * @param period the period column
 * @param measures the columns to sum
 * @param zone the zone whose days the sums are grouped by
 * @param counted the dotted names of further tables whose rows are counted
 */
public record ReadRequest(
    @JsonProperty(required = true) Map<String, String> catalog,
    @JsonProperty(required = true) String table,
    @JsonProperty(required = true) String period,
    @JsonProperty(required = true) List<String> measures,
    @JsonProperty(required = true) String zone,
    List<String> counted) {

  public ReadRequest {
    catalog = Map.copyOf(catalog);
    measures = List.copyOf(measures);
    counted = counted == null ? List.of() : List.copyOf(counted);
  }

  @Override
  public String toString() {
    return "ReadRequest[table=%s, period=%s, zone=%s]".formatted(table, period, zone);
  }
}
