package io.tidemark.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The sums of one local day at one snapshot.
 *
 * @param rows how many rows the day has
 * @param finalRows how many of them are sealed
 * @param totals the sum per measure; decimals as plain strings
 */
public record DayTotals(
    long rows, @JsonProperty("final_rows") long finalRows, Map<String, Object> totals) {}
