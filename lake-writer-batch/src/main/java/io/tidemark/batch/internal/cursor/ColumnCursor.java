package io.tidemark.batch.internal.cursor;

import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.manifest.Cursor;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.relocated.com.google.common.math.LongMath;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A column of a source as a cursor. Values are texts, as positions have them. */
public final class ColumnCursor {

  /** How many digits any {@code long} has place for. */
  private static final int LONGEST = 18;

  private final LoadEntry entry;
  private final SourceTable table;
  private final SourceColumn column;
  private final CursorType type;
  private final long greatest;
  private final long lag;

  private ColumnCursor(
      LoadEntry entry,
      SourceTable table,
      SourceColumn column,
      CursorType type,
      long greatest,
      long lag) {
    this.entry = entry;
    this.table = table;
    this.column = column;
    this.type = type;
    this.greatest = greatest;
    this.lag = lag;
  }

  /**
   * Finds the column.
   *
   * @throws InvalidRequestException if there is none, or it may not be read, or its type or lag
   *     will not do
   */
  public static ColumnCursor of(LoadEntry entry, SourceTable table, Cursor.Column cursor) {
    SourceColumn column =
        table.columns().stream()
            .filter(c -> c.name().equals(cursor.name()))
            .findFirst()
            .orElseThrow(() -> wrong(entry, cursor, "%s has no such column", entry.relation()));
    if (!column.readable()) {
      throw wrong(entry, cursor, "the user of %s may not read it", entry.source());
    }
    if (entry.loads(column.name()) && !entry.shows(column.name())) {
      throw wrong(entry, cursor, "it is masked, and how far loads have come is told by its values");
    }
    Type iceberg =
        table
            .query(List.of(table.select(column, false)), "", OnUnmappable.NULL)
            .icebergSchema()
            .columns()
            .get(0)
            .type();
    CursorType type =
        CursorType.of(iceberg)
            .orElseThrow(
                () ->
                    wrong(
                        entry, cursor, "it is %s, not a time, a date or a whole number", iceberg));
    long greatest = column.greatest().orElse(greatest(iceberg));
    return new ColumnCursor(entry, table, column, type, greatest, lag(entry, cursor, type));
  }

  private static long greatest(Type type) {
    return switch (type.typeId()) {
      case INTEGER -> Integer.MAX_VALUE;
      case DECIMAL -> nines(((Types.DecimalType) type).precision());
      default -> Long.MAX_VALUE;
    };
  }

  private static long nines(int digits) {
    return digits > LONGEST ? Long.MAX_VALUE : LongMath.pow(10, digits) - 1;
  }

  private static long lag(LoadEntry entry, Cursor.Column cursor, CursorType type) {
    if (type.isTime() && cursor.lag() instanceof Cursor.Lag.Time time) {
      return type.units(time.duration());
    }
    if (!type.isTime() && cursor.lag() instanceof Cursor.Lag.Number number) {
      return number.distance();
    }
    throw wrong(
        entry,
        cursor,
        "its lag must be %s",
        type.isTime() ? "a duration, such as 10m" : "a number, such as 1000");
  }

  private static InvalidRequestException wrong(
      LoadEntry entry, Cursor.Column cursor, String reason, Object... details) {
    return new InvalidRequestException(
        "Cannot load %s by the cursor %s: %s"
            .formatted(entry.name(), cursor.name(), reason.formatted(details)));
  }

  public String name() {
    return column.name();
  }

  /** Says what its values are, as texts of positions mean another value in a column of others. */
  public String form() {
    return "%s as a %s".formatted(name(), type.words());
  }

  /**
   * Reads a value that somebody wrote.
   *
   * @throws InvalidRequestException if it is none
   */
  public String read(String text) {
    try {
      return type.text(type.parse(text));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new InvalidRequestException(
          "Cannot read '%s' as a value of the cursor %s: expected one such as %s"
              .formatted(text, name(), type.text(20_779)),
          e);
    }
  }

  /** Compares two values. */
  public int compare(String one, String other) {
    return Long.compare(type.parse(one), type.parse(other));
  }

  public String later(String one, String other) {
    return compare(one, other) >= 0 ? one : other;
  }

  /**
   * Returns the first value behind those there are: by the database's clock, or where nobody knows
   * the clock that wrote them by the newest one of the rows that are loaded; nothing where there is
   * none to go by.
   *
   * @throws RefusedException if there can be no value behind them
   */
  public Optional<String> end(SourceSession session) {
    if (type == CursorType.INSTANT) {
      return Optional.of(type.text(CursorType.now(session, table)));
    }
    String where = entry.where() == null ? "" : entry.where();
    OptionalLong newest = type.newest(session, table, column, where);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    checkRoom(newest.getAsLong());
    return Optional.of(type.text(newest.getAsLong() + 1));
  }

  /** Most likely the greatest number stands for none, and smaller ones are yet to come. */
  private void checkRoom(long newest) {
    if (newest == greatest) {
      throw new RefusedException(
          "Cannot load %s: the newest %s of %s is %d, behind which no row can come, so that those to come would be skipped. Give that row another value, or leave it out by where: %s < %d. Nothing was loaded."
              .formatted(entry.name(), name(), entry.relation(), newest, expression(), newest));
    }
  }

  /** Returns the value that lies the lag before another. */
  public String lagging(String value) {
    return type.text(type.lagging(type.parse(value), lag));
  }

  /** Returns the condition that the column is not less than a value. */
  public String from(String value) {
    return "%s >= %s".formatted(expression(), literal(value));
  }

  /** Returns the condition that the column is less than a value. */
  public String before(String value) {
    return "%s < %s".formatted(expression(), literal(value));
  }

  /** Returns the condition that the column is null. */
  public String isNull() {
    return expression() + " IS NULL";
  }

  private String literal(String value) {
    return type.literal(table, type.parse(value));
  }

  private String expression() {
    return table.expression(column);
  }
}
