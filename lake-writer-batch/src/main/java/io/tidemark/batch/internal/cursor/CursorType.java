package io.tidemark.batch.internal.cursor;

import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * What a cursor's values are. Each is a number here: microseconds or days since 1970, or itself.
 */
enum CursorType {
  /** Microseconds of a time that everybody agrees on. */
  INSTANT,
  /** Microseconds of a time of which the column does not tell the zone. */
  LOCAL,
  /** Days. */
  DATE,
  /** Whole numbers. */
  NUMBER;

  /** No clock on earth is further ahead of UTC. */
  private static final Duration EASTERNMOST = Duration.ofHours(14);

  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  static Optional<CursorType> of(Type type) {
    return switch (type.typeId()) {
      case TIMESTAMP ->
          Optional.of(((Types.TimestampType) type).shouldAdjustToUTC() ? INSTANT : LOCAL);
      case DATE -> Optional.of(DATE);
      case INTEGER, LONG -> Optional.of(NUMBER);
      default -> Optional.empty();
    };
  }

  boolean isTime() {
    return this != NUMBER;
  }

  /** Returns a lag in units of this, rounded up. */
  long units(Duration lag) {
    return this == DATE ? lag.plusDays(1).minusNanos(1).toDays() : micros(Instant.EPOCH.plus(lag));
  }

  /**
   * Reads a value as positions and people write it; times may lack what is zero.
   *
   * @throws RuntimeException if it is none
   */
  long parse(String text) {
    return switch (this) {
      case NUMBER -> Long.parseLong(text);
      case DATE -> LocalDate.parse(text).toEpochDay();
      case LOCAL -> micros(local(text));
      case INSTANT ->
          text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? micros(OffsetDateTime.parse(text).toInstant())
              : micros(local(text));
    };
  }

  private static LocalDateTime local(String text) {
    return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
  }

  /** Returns a value as positions have it. */
  String text(long value) {
    return switch (this) {
      case NUMBER -> Long.toString(value);
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case LOCAL -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time(value));
      case INSTANT -> time(value).toInstant(ZoneOffset.UTC).toString();
    };
  }

  /** Returns a value in standard SQL, for a session in UTC. */
  String literal(long value) {
    return switch (this) {
      case NUMBER -> Long.toString(value);
      case DATE -> "DATE '%s'".formatted(LocalDate.ofEpochDay(value));
      case LOCAL, INSTANT -> "TIMESTAMP '%s'".formatted(LITERAL.format(time(value)));
    };
  }

  /**
   * Returns the first value behind those that there are: by the database's clock, or where nobody
   * knows the clock that wrote them by the newest one, if there is one. Those that no clock can
   * have written yet do not count.
   */
  OptionalLong end(SourceSession session, SourceTable table, SourceColumn column) {
    Instant latest = session.now().plus(EASTERNMOST);
    return switch (this) {
      case INSTANT -> OptionalLong.of(micros(session.now()));
      case LOCAL ->
          end(
              session
                  .newest(table, column, upTo(table, column, micros(latest)), LocalDateTime.class)
                  .map(CursorType::micros));
      case DATE ->
          end(
              session
                  .newest(
                      table,
                      column,
                      upTo(table, column, micros(latest) / 86_400_000_000L),
                      LocalDate.class)
                  .map(LocalDate::toEpochDay));
      case NUMBER -> end(session.newest(table, column, "", Long.class));
    };
  }

  private String upTo(SourceTable table, SourceColumn column, long latest) {
    return "%s <= %s".formatted(table.expression(column), literal(latest));
  }

  private static OptionalLong end(Optional<Long> newest) {
    return newest.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(newest.get() == Long.MAX_VALUE ? newest.get() : newest.get() + 1);
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime time) {
    return micros(time.toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }
}
