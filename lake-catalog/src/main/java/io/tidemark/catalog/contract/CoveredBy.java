package io.tidemark.catalog.contract;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The column by which a stream's late rows are compared with the cut of a seal: a seal up to a
 * position has seen every row before that position, and such a row needs nothing more.
 *
 * @param column a source column of the table: a timestamp, or a long, e.g. an LSN
 * @param type the column's type
 */
public record CoveredBy(String column, Type.PrimitiveType type) implements Serializable {

  public CoveredBy {
    if (!(type instanceof Types.TimestampType) && !(type instanceof Types.LongType)) {
      throw new InvalidRequestException(
          "Cannot form a contract: covered-by %s is a %s, expected timestamptz, timestamp or long"
              .formatted(column, type));
    }
  }

  /**
   * Reads a cut in the column's unit: microseconds of a timestamp, which must have an offset and is
   * in UTC where the column has no zone; or the number itself.
   *
   * @throws InvalidRequestException if it is no position that the column compares with
   */
  public long position(String cut) {
    try {
      return type instanceof Types.LongType
          ? Long.parseLong(cut)
          : Window.micros(OffsetDateTime.parse(cut).toInstant());
    } catch (NumberFormatException | DateTimeException e) {
      throw new InvalidRequestException(
          "Cannot compare cut '%s' with column %s, a %s: expected %s"
              .formatted(
                  cut,
                  column,
                  type,
                  type instanceof Types.LongType ? "a number" : "e.g. 2026-11-20T15:00:00Z"),
          e);
    }
  }
}
