package io.tidemark.catalog.window;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a table's time line is cut into windows: a unit, the zone in whose local time the unit is
 * counted, and the edge at which the table begins. Days of 23 and 25 hours come out as they are.
 *
 * @param unit the length of a window
 * @param zone the zone whose local midnights (or hours, or months) are the edges
 * @param origin the first edge; rows before it are refused
 */
public record WindowSpec(WindowUnit unit, ZoneId zone, Instant origin) implements Serializable {

  public WindowSpec {
    if (unit == WindowUnit.HOUR && !inWholeHours(zone, origin)) {
      throw new IllegalArgumentException(
          "Cannot cut hour windows in %s: its hours are not those of UTC. Use day windows, or zone UTC"
              .formatted(zone));
    }
    ZoneId clock = unit == WindowUnit.HOUR ? ZoneOffset.UTC : zone;
    LocalDateTime local = LocalDateTime.ofInstant(origin, clock);
    if (!start(unit.floor(local), clock).equals(origin)) {
      throw new IllegalArgumentException(
          "Cannot start a table at %s: it is not the edge of a %s window in %s"
              .formatted(origin, unit, zone));
    }
  }

  /** Returns a specification whose origin is the start of a local date. */
  public static WindowSpec of(WindowUnit unit, ZoneId zone, LocalDate origin) {
    return new WindowSpec(unit, zone, start(unit.floor(origin.atStartOfDay()), zone));
  }

  /** Returns the window that holds an instant, before the origin too. */
  public Window containing(Instant instant) {
    LocalDateTime floor = unit.floor(LocalDateTime.ofInstant(instant, clock()));
    Window window = from(floor);
    // Where a clock falls back over midnight, the repeated evening belongs to the day begun.
    return instant.isBefore(window.hi()) ? window : from(unit.next(floor));
  }

  /** Returns the window that holds a period in microseconds from the epoch. */
  public Window containing(long micros) {
    return containing(Window.instant(micros));
  }

  /** Tells whether an instant is the edge of a window. */
  public boolean isEdge(Instant instant) {
    return containing(instant).lo().equals(instant);
  }

  /** Returns the window that begins where the given one ends. */
  public Window next(Window window) {
    return containing(window.hi());
  }

  /**
   * Returns the windows of a range in their order.
   *
   * @throws IllegalArgumentException if an end of the range is not the edge of a window
   */
  public List<Window> split(Window range) {
    if (!isEdge(range.lo()) || !isEdge(range.hi())) {
      throw new IllegalArgumentException(
          "Cannot take %s as %s windows of %s: the nearest whole windows are [%s, %s)"
              .formatted(
                  range,
                  unit,
                  zone,
                  containing(range.lo()).lo(),
                  isEdge(range.hi()) ? range.hi() : containing(range.hi()).hi()));
    }
    List<Window> windows = new ArrayList<>();
    for (Window w = containing(range.lo()); w.lo().isBefore(range.hi()); w = next(w)) {
      windows.add(w);
    }
    return List.copyOf(windows);
  }

  /**
   * Returns the range named by its first local date, month or instant and the one behind its last:
   * {@code 2026-11-20}, {@code 2026-11}, {@code 2026-11-20T10:00} or {@code
   * 2026-11-20T10:00+09:00}.
   *
   * @param lo the first edge, inclusive
   * @param hi the last edge, exclusive
   * @throws IllegalArgumentException if a text cannot be read, or the range is empty
   */
  public Window parse(String lo, String hi) {
    return new Window(parseEdge(lo), parseEdge(hi));
  }

  /**
   * Returns the one window that begins at a local date, month or instant.
   *
   * @throws IllegalArgumentException if the text cannot be read or is not the edge of a window
   */
  public Window parse(String lo) {
    Instant edge = parseEdge(lo);
    Window window = containing(edge);
    if (!window.lo().equals(edge)) {
      throw new IllegalArgumentException(
          "Cannot take %s as a %s window of %s: it would begin at %s"
              .formatted(lo, unit, zone, window.lo()));
    }
    return window;
  }

  /**
   * Returns a range of whole windows for a message, as {@link #parse(String, String)} reads it:
   * {@code [2026-11-20, 2026-11-21)}.
   */
  public String format(Window range) {
    return "[" + formatEdge(range.lo()) + ", " + formatEdge(range.hi()) + ")";
  }

  /** Shows the windows for a message: {@code day in Asia/Seoul from 2026-11-20}. */
  @Override
  public String toString() {
    return "%s in %s from %s".formatted(unit, zone, formatEdge(origin));
  }

  private String formatEdge(Instant edge) {
    OffsetDateTime local = edge.atZone(zone).toOffsetDateTime();
    if (unit == WindowUnit.HOUR || !edge.equals(start(unit.floor(local.toLocalDateTime()), zone))) {
      return local.toString();
    }
    return unit == WindowUnit.MONTH
        ? YearMonth.from(local).toString()
        : local.toLocalDate().toString();
  }

  private Instant parseEdge(String text) {
    try {
      if (text.length() == "2026-11".length()) {
        return YearMonth.parse(text).atDay(1).atStartOfDay(zone).toInstant();
      }
      if (text.length() == "2026-11-20".length()) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      if (text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 9) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return start(LocalDateTime.parse(text), zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Cannot read '%s' as the edge of a window: expected 2026-11, 2026-11-20, 2026-11-20T10:00 or 2026-11-20T10:00+09:00"
              .formatted(text),
          e);
    }
  }

  /** Tells whether every edge of these windows is a full hour of UTC. */
  public boolean inWholeHours() {
    return inWholeHours(zone, origin);
  }

  /** Tells whether every edge of these windows is an edge of the same unit in UTC. */
  public boolean inUtc() {
    return zone.normalized().equals(ZoneOffset.UTC);
  }

  private static boolean inWholeHours(ZoneId zone, Instant origin) {
    var rules = zone.getRules();
    Stream<ZoneOffset> toCome =
        rules.getTransitions().stream()
            .filter(t -> t.getInstant().isAfter(origin))
            .map(ZoneOffsetTransition::getOffsetAfter);
    Stream<ZoneOffset> forEver =
        rules.getTransitionRules().stream().map(ZoneOffsetTransitionRule::getOffsetAfter);
    return Stream.of(Stream.of(rules.getOffset(origin)), toCome, forEver)
        .flatMap(offsets -> offsets)
        .allMatch(offset -> offset.getTotalSeconds() % 3600 == 0);
  }

  private Window from(LocalDateTime floor) {
    Instant lo = start(floor, clock());
    LocalDateTime end = unit.next(floor);
    // A local day that a clock skipped has no window of its own.
    while (!start(end, clock()).isAfter(lo)) {
      end = unit.next(end);
    }
    return new Window(lo, start(end, clock()));
  }

  /** Hours are those of UTC: the zones allowed for them differ from it by whole hours. */
  private ZoneId clock() {
    return unit == WindowUnit.HOUR ? ZoneOffset.UTC : zone;
  }

  private static Instant start(LocalDateTime local, ZoneId zone) {
    LocalDate date = local.toLocalDate();
    return local.equals(date.atStartOfDay())
        ? date.atStartOfDay(zone).toInstant()
        : local.atZone(zone).toInstant();
  }
}
