package io.tidemark.batch.internal.cursor;

import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.relocated.com.google.common.math.LongMath;
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

  /** Databases differ in whether and how they write earlier ones. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

  private static final long MICROS_OF_DAY = 86_400_000_000L;

  static Optional<CursorType> of(Type type) {
    return switch (type.typeId()) {
      case TIMESTAMP ->
          Optional.of(((Types.TimestampType) type).shouldAdjustToUTC() ? INSTANT : LOCAL);
      case DATE -> Optional.of(DATE);
      case INTEGER, LONG -> Optional.of(NUMBER);
      case DECIMAL ->
          ((Types.DecimalType) type).scale() == 0 ? Optional.of(NUMBER) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Says what it is, for people. */
  String words() {
    return switch (this) {
      case INSTANT -> "time";
      case LOCAL -> "time without a zone";
      case DATE -> "date";
      case NUMBER -> "number";
    };
  }

  boolean isTime() {
    return this != NUMBER;
  }

  /** Returns a lag in units of this, rounded up. */
  long units(Duration lag) {
    return this == DATE
        ? lag.plusDays(1).minusNanos(1).toDays()
        : LongMath.saturatedMultiply(lag.toMillis(), 1_000L);
  }

  /**
   * Reads a value as positions and people write it; times may lack what is zero.
   *
   * @throws RuntimeException if it is none
   */
  long parse(String text) {
    long value = value(text);
    if (value < least()) {
      throw new DateTimeException(text + " is before the year 1");
    }
    return value;
  }

  private long value(String text) {
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

  /** Returns a value in the SQL of a table's database. */
  String literal(SourceTable table, long value) {
    return switch (this) {
      case NUMBER -> Long.toString(value);
      case DATE -> table.literal(LocalDate.ofEpochDay(value));
      case LOCAL -> table.literal(time(value));
      case INSTANT -> table.literal(time(value).toInstant(ZoneOffset.UTC));
    };
  }

  /**
   * Returns the value that lies the lag before another, or the first there is. Those of times are
   * the ones that every database knows how to write.
   */
  long lagging(long value, long lag) {
    return Math.max(least(), LongMath.saturatedSubtract(value, lag));
  }

  private long least() {
    return switch (this) {
      case NUMBER -> Long.MIN_VALUE;
      case DATE -> FIRST_DAY.toEpochDay();
      case LOCAL, INSTANT -> micros(FIRST_DAY.atStartOfDay());
    };
  }

  /** Returns what the time is in the database, in seconds: a column may keep no more of it. */
  static long now(SourceSession session, SourceTable table) {
    return micros(session.now(table).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns the newest value in the rows that meet a condition. Those that no clock can have
   * written yet do not count, nor those before the year 1.
   *
   * @param where the condition, in the database's SQL; empty for all rows
   */
  OptionalLong newest(SourceSession session, SourceTable table, SourceColumn column, String where) {
    String filter =
        Stream.of(where.isEmpty() ? "" : "(" + where + "\n)", plausible(session, table, column))
            .filter(condition -> !condition.isEmpty())
            .collect(Collectors.joining(" AND "));
    Optional<Long> newest =
        switch (this) {
          case DATE ->
              session.newest(table, column, filter, LocalDate.class).map(LocalDate::toEpochDay);
          case LOCAL, INSTANT ->
              session.newest(table, column, filter, LocalDateTime.class).map(CursorType::micros);
          case NUMBER -> session.newest(table, column, filter, Long.class);
        };
    return newest.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private String plausible(SourceSession session, SourceTable table, SourceColumn column) {
    if (!isTime()) {
      return "";
    }
    long latest = micros(session.now(table).plus(EASTERNMOST));
    return "%1$s >= %2$s AND %1$s <= %3$s"
        .formatted(
            table.expression(column),
            literal(table, least()),
            literal(table, this == DATE ? latest / MICROS_OF_DAY : latest));
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
