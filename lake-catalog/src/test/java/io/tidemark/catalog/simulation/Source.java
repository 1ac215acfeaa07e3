package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A replayable source: the same events in the same order whenever it is read. Windows follow one
 * another, with stragglers; many periods are a window's first or last.
 */
final class Source {

  private static final int KEYS = 8;

  private final String streamId;
  private final List<Row> events = new ArrayList<>();

  /**
   * @param perWindow how many events a window gets on average
   * @param straggle how likely an event belongs to an earlier window
   */
  Source(
      String streamId,
      List<Window> windows,
      int perWindow,
      double straggle,
      long grain,
      Random random) {
    this.streamId = streamId;
    for (int w = 0; w < windows.size(); w++) {
      for (int i = 0; i < perWindow; i++) {
        int of = random.nextDouble() < straggle ? random.nextInt(w + 1) : w;
        events.add(event(windows.get(of), grain, random));
      }
    }
  }

  private Row event(Window window, long grain, Random random) {
    long periods = (window.hiMicros() - window.loMicros()) / grain;
    long period =
        switch (random.nextInt(4)) {
          case 0, 1 -> 0;
          case 2 -> periods - 1;
          default -> random.nextInt((int) periods);
        };
    return new Row(
        streamId + "@" + events.size(),
        window,
        window.loMicros() + period * grain,
        random.nextInt(KEYS));
  }

  String streamId() {
    return streamId;
  }

  int end() {
    return events.size();
  }

  /** Returns the events from a position up to another, exclusive. */
  List<Row> between(int from, int to) {
    return events.subList(from, to);
  }

  /** Returns the watermark at a position: the start of the latest window seen, or null. */
  @Nullable Instant watermark(int position) {
    return events.subList(0, position).stream()
        .map(e -> e.window().lo())
        .max(Instant::compareTo)
        .orElse(null);
  }
}
