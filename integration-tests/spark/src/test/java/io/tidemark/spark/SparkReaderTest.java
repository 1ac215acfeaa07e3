package io.tidemark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsTheTotalsPerLocalDayAtEverySnapshot(@TempDir Path dir) throws Exception {
    // Given
    try (LocalTable table = LocalTable.create(dir)) {
      table.append(row("2026-11-20T14:59:00Z", 3, "1.50"), row("2026-11-20T15:00:00Z", 4, "2.25"));
      table.append(row("2026-11-20T15:30:00Z", 5, "0.25"));

      // When
      JsonNode answer = answer(table.catalog());

      // Then
      assertThat(answer.at("/counts/ads.hourly").asLong()).isEqualTo(3);
      assertThat(answer.at("/snapshots"))
          .extracting(snapshot -> snapshot.at("/days"))
          .extracting(
              days -> days.at("/2026-11-20/totals/clicks").asLong(),
              days -> days.at("/2026-11-21/rows").asLong(),
              days -> days.at("/2026-11-21/totals/clicks").asLong(),
              days -> days.at("/2026-11-21/totals/cost").asText())
          .containsExactly(tuple(3L, 1L, 4L, "2.25"), tuple(3L, 2L, 9L, "2.50"));
    }
  }

  private static JsonNode answer(Map<String, String> catalog) throws Exception {
    ReadRequest request =
        new ReadRequest(
            catalog,
            "ads.hourly",
            "hour",
            List.of("clicks", "cost"),
            "Asia/Seoul",
            List.of("ads.hourly"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    SparkReader.answer(new ByteArrayInputStream(JSON.writeValueAsBytes(request)), answer);
    return JSON.readTree(answer.toByteArray());
  }

  private static Object[] row(String hour, long clicks, String cost) {
    return new Object[] {OffsetDateTime.parse(hour), clicks, new BigDecimal(cost), false};
  }
}
