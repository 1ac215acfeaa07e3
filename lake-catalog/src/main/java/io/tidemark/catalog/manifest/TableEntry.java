package io.tidemark.catalog.manifest;

import io.tidemark.catalog.contract.TableContract;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * A table of the manifest.
 *
 * @param name the dotted name
 * @param contract what the table keeps
 * @param stream how its open windows are fed, or null
 * @param batch how its windows are sealed, or null
 */
public record TableEntry(
    String name, TableContract contract, @Nullable Stream stream, @Nullable Batch batch) {

  /**
   * A stream of contributions.
   *
   * @param id the stream's id, which the table's token is kept under
   * @param source the Kafka source
   * @param topic the topic
   * @param format the format of an event; {@code json}
   * @param eventTime the field that event time and lateness are taken from
   * @param outOfOrder how far events may lie behind the greatest event time before
   * @param fields the fields of an event, by name, in their order
   * @param select a Flink SQL projection of one event to the contract's columns
   */
  public record Stream(
      String id,
      Source.Kafka source,
      String topic,
      String format,
      String eventTime,
      Duration outOfOrder,
      Map<String, Type.PrimitiveType> fields,
      String select)
      implements Serializable {

    public Stream {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * A query that brings the rows of windows.
   *
   * @param source the database
   * @param query SQL with {@code :lo} and {@code :hi} for the edges of the range
   * @param splitBy the column that parallel reads are split by, or null for the period
   */
  public record Batch(Source.Database source, String query, @Nullable String splitBy)
      implements Serializable {}
}
