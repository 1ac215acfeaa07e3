package io.tidemark.catalog.job;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/** The state of a table for people, in the table's own zone. */
final class TableStatus {

  private static final DateTimeFormatter EDGE = format("yyyy-MM-dd HH:mm zzz");
  private static final DateTimeFormatter TIME = format("HH:mm:ss");
  private static final DateTimeFormatter DATE_AND_TIME = format("yyyy-MM-dd HH:mm:ss");

  private final UnifiedTable table;
  private final TableState state;
  private final WindowSpec windows;
  private final Instant now;

  TableStatus(UnifiedTable table, Instant now) {
    this.table = table;
    this.state = table.state();
    this.windows = table.contract().window();
    this.now = now;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(sealed());
    islands().forEach(parts::add);
    holes().forEach(parts::add);
    streams().forEach(parts::add);
    addCount(parts, table.late(), "late %d (quarantined)");
    addCount(parts, table.deadLetters(), "dead letters %d");
    addWanting(parts, "wants reseal: ", true);
    addWanting(parts, "wants seal: ", false);
    return String.join("   ", parts);
  }

  private String sealed() {
    ClosedSet closed = state.closed();
    Instant boundary = closed.boundary(windows.origin());
    if (boundary.equals(windows.origin())) {
      return "not sealed yet";
    }
    String version =
        closed.ranges().stream()
            .filter(range -> range.range().hi().equals(boundary))
            .map(TableStatus::version)
            .collect(Collectors.joining());
    return "sealed through " + EDGE.format(local(boundary)) + version;
  }

  private List<String> islands() {
    return state.closed().islands(windows.origin()).stream()
        .map(island -> "island " + describe(island.range()) + version(island))
        .toList();
  }

  /** A hole could have been sealed when its first window ended. */
  private List<String> holes() {
    return state.closed().holes(windows.origin()).stream()
        .map(
            hole ->
                "hole %s, wanting for %s"
                    .formatted(describe(hole), age(windows.containing(hole.lo()).hi())))
        .toList();
  }

  private List<String> streams() {
    return state.tokens().values().stream()
        .sorted(Comparator.comparing(StreamToken::streamId))
        .map(this::stream)
        .toList();
  }

  private String stream(StreamToken token) {
    Instant watermark = token.watermark();
    if (token.retired()) {
      return "stream %s retired".formatted(token.streamId());
    }
    return watermark == null
        ? "stream %s has no watermark yet".formatted(token.streamId())
        : "stream %s complete to %s, %s behind"
            .formatted(token.streamId(), time(watermark), age(watermark));
  }

  private static void addCount(List<String> parts, Table side, String text) {
    Snapshot snapshot = side.currentSnapshot();
    long rows =
        snapshot == null
            ? 0
            : Long.parseLong(
                snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    if (rows > 0) {
      parts.add(text.formatted(rows));
    }
  }

  private void addWanting(List<String> parts, String text, boolean closed) {
    String ranges =
        state.attention().stream()
            .filter(attention -> isClosed(attention) == closed)
            .sorted(Comparator.comparing(Attention::range))
            .map(attention -> "%s (%s)".formatted(describe(attention.range()), attention.reason()))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!ranges.isEmpty()) {
      parts.add(text + ranges);
    }
  }

  private boolean isClosed(Attention attention) {
    return state.closed().isClosed(windows.containing(attention.range().lo()));
  }

  /** One window goes by its name, {@code 2026-11-19}, several by their range. */
  private String describe(Window range) {
    String text = windows.format(range);
    return windows.containing(range.lo()).equals(range)
        ? text.substring(1, text.indexOf(','))
        : text;
  }

  private String time(Instant instant) {
    boolean today = local(instant).toLocalDate().equals(local(now).toLocalDate());
    return (today ? TIME : DATE_AND_TIME).format(local(instant));
  }

  /** Returns how long ago an instant was, in its greatest unit; an instant to come is now. */
  private String age(Instant since) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  private ZonedDateTime local(Instant instant) {
    return instant.atZone(windows.zone());
  }

  private static String version(ClosedRange range) {
    return " (v%d)".formatted(range.version());
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
