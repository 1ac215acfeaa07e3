package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.manifest.TableEntry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEventTest {

  private static final Instant TEN = Instant.parse("2026-11-20T01:00:00Z");

  private final EventType type = EventType.of(stream());
  private final JsonEvent json = new JsonEvent(type);

  @Test
  void everyTypeIsReadExactly() {
    GenericRowData event =
        read(
            """
            {"at": "2026-11-20T10:00:00+09:00", "local": "2026-11-20T10:00:00.123456", "id": 9007199254740993,
             "price": 12.50, "name": "광고", "live": true, "raw": "AQI=", "other": [1]}
            """);

    assertThat(event.getTimestamp(0, 6)).isEqualTo(TimestampData.fromInstant(TEN));
    assertThat(event.getTimestamp(1, 6).toLocalDateTime())
        .isEqualTo(LocalDateTime.parse("2026-11-20T10:00:00.123456"));
    assertThat(event.getLong(2)).isEqualTo(9_007_199_254_740_993L);
    assertThat(event.getDecimal(3, 18, 2).toBigDecimal()).isEqualTo(new BigDecimal("12.50"));
    assertThat(event.getString(4)).isEqualTo(StringData.fromString("광고"));
    assertThat(event.getBoolean(5)).isTrue();
    assertThat(event.getBinary(6)).containsExactly(1, 2);
  }

  @Test
  void eventTimeMayBeMillisecondsFromTheEpoch() {
    GenericRowData event = read("{\"at\": %d}".formatted(TEN.toEpochMilli()));

    assertThat(event.getTimestamp(0, 6)).isEqualTo(TimestampData.fromInstant(TEN));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00", "0e500000000, 0.00", "12.5000, 12.50", "1e15, 1000000000000000.00"})
  void decimalIsReadHoweverItIsWritten(String written, String price) {
    GenericRowData event =
        read("{\"at\": \"2026-11-20T01:00:00Z\", \"price\": %s}".formatted(written));

    assertThat(event.getDecimal(3, 18, 2).toBigDecimal()).isEqualTo(new BigDecimal(price));
  }

  @Test
  void missingFieldIsNull() {
    GenericRowData event = read("{\"at\": \"2026-11-20T01:00:00Z\", \"id\": null}");

    assertThat(event.isNullAt(2)).isTrue();
    assertThat(event.isNullAt(3)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      textBlock =
          """
          [1]                                             | not a JSON object
          {"at":                                          | not JSON
          {"at": "2026-11-20T01:00:00Z"} trailing         | not JSON
          {"id": 7}                                       | no event time: at is missing
          {"at": "2026-11-20T01:00:00"}                   | field at
          {"at": "2026-11-20T01:00:00Z", "id": 1.5}       | field id: 1.5 is no BIGINT
          {"at": "2026-11-20T01:00:00Z", "id": "seven"}   | field id
          {"at": "2026-11-20T01:00:00Z", "price": 0.001}  | field price: 0.001 is no DECIMAL(18, 2)
          {"at": "2026-11-20T01:00:00Z", "live": "yes"}   | field live
          {"at": "2026-11-20T01:00:00Z", "price": 1e500000000}    | field price: 1E+500000000 is no DECIMAL(18, 2)
          {"at": "2026-11-20T01:00:00Z", "price": "1e-500000000"} | field price
          {"at": "2026-11-20T01:00:00Z", "price": 1e16}           | field price
          {"at": "2026-11-20T01:00:00Z", "id": 1e500000000}       | field id
          {"at": "2026-11-20T01:00:00Z", "rate": 1e500}           | field rate: 1E+500 is no DOUBLE
          {"at": "2026-11-20T01:00:00.1234567Z"}                  | field at
          {"at": "2026-11-20T01:00:00Z", "local": "2026-11-20T01:00:00.1234567"} | field local
          """)
  void whatIsNotOfItsTypeIsUnreadable(String payload, String reason) {
    assertThatThrownBy(() -> read(payload))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(reason);
  }

  private GenericRowData read(String payload) {
    GenericRowData event = new GenericRowData(type.row().getFieldCount());
    json.read(payload.getBytes(StandardCharsets.UTF_8), event);
    return event;
  }

  private static TableEntry.Stream stream() {
    Map<String, Type.PrimitiveType> fields = new LinkedHashMap<>();
    fields.put("at", Types.TimestampType.withZone());
    fields.put("local", Types.TimestampType.withoutZone());
    fields.put("id", Types.LongType.get());
    fields.put("price", Types.DecimalType.of(18, 2));
    fields.put("name", Types.StringType.get());
    fields.put("live", Types.BooleanType.get());
    fields.put("raw", Types.BinaryType.get());
    fields.put("rate", Types.DoubleType.get());
    Source.Kafka source = new Source.Kafka("events", "broker:9092", Map.of());
    return new TableEntry.Stream(
        "clicks", source, "clicks", "json", "at", Duration.ofMinutes(1), fields, "SELECT 1");
  }
}
