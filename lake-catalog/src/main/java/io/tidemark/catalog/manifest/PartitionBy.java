package io.tidemark.catalog.manifest;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;

/**
 * One field of a plain table's partitioning.
 *
 * @param transform {@code identity}, {@code year}, {@code month}, {@code day}, {@code hour}, {@code
 *     bucket} or {@code truncate}
 * @param column the column
 * @param width the number of buckets or the width to truncate to; 0 for the other transforms
 */
public record PartitionBy(String transform, String column, int width) implements Serializable {

  private static final List<String> TRANSFORMS = List.of("year", "month", "day", "hour");
  private static final List<String> WITH_WIDTH = List.of("bucket", "truncate");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((?:\\s*(\\d{1,9})\\s*,)?(.+)\\)");

  /** Reads {@code region}, {@code day(created_at)}, {@code bucket(16, id)} and the like. */
  static PartitionBy parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (!call.matches()) {
      return new PartitionBy("identity", text.strip(), 0);
    }
    String transform = call.group(1);
    boolean wide = WITH_WIDTH.contains(transform);
    if (!wide && !TRANSFORMS.contains(transform)) {
      throw new IllegalArgumentException(
          "unknown transform '%s': expected a column, year, month, day, hour, bucket or truncate%s"
              .formatted(transform, Suggestion.of(transform, TRANSFORMS)));
    }
    if (wide != (call.group(2) != null) || (wide && Integer.parseInt(call.group(2)) == 0)) {
      throw new IllegalArgumentException(
          "cannot read '%s': expected day(column), or bucket(16, column)".formatted(text));
    }
    int width = wide ? Integer.parseInt(call.group(2)) : 0;
    return new PartitionBy(transform, call.group(3).strip(), width);
  }

  /**
   * Adds the field to a spec.
   *
   * @throws IllegalArgumentException if the schema lacks the column, or its type does not serve
   */
  public void addTo(PartitionSpec.Builder spec) {
    switch (transform) {
      case "year" -> spec.year(column);
      case "month" -> spec.month(column);
      case "day" -> spec.day(column);
      case "hour" -> spec.hour(column);
      case "bucket" -> spec.bucket(column, width);
      case "truncate" -> spec.truncate(column, width);
      default -> spec.identity(column);
    }
  }
}
