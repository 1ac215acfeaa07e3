package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.Key;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Decides, row by row, which cell a contribution belongs to, or why it belongs to none. */
final class Admission {

  private static final int PERIOD = 0;

  private final TableContract contract;
  private final ToIntFunction<RowData> bucket;
  private final @Nullable Coverage coverage;
  private @Nullable Window last;
  private @Nullable TableState lastState;
  private boolean lastIsClosed;

  Admission(TableContract contract, RowType source) {
    this.contract = contract;
    this.bucket = bucketOf(contract, source);
    this.coverage = contract.coveredBy() == null ? null : new Coverage(contract, source);
  }

  /**
   * Judges a row.
   *
   * @param state what is known of the table: the closed windows, and what their seals cover
   * @param watermark how far the stream has come, or null before the first watermark
   * @param now the wall clock
   */
  Verdict judge(RowData row, TableState state, @Nullable Instant watermark, Instant now) {
    String missing = missing(row);
    if (missing != null) {
      return new Verdict.Unreadable(missing + " is null");
    }
    long micros = micros(row.getTimestamp(PERIOD, 6));
    Instant period = Window.instant(micros);
    if (period.isBefore(contract.window().origin())) {
      return new Verdict.PutAside(Verdict.Reason.BEFORE_ORIGIN);
    }
    Window window = windowOf(micros);
    if (isClosed(window, state)) {
      boolean covered = coverage != null && coverage.covers(row, window, state.cuts());
      return covered ? new Verdict.Covered() : new Verdict.PutAside(Verdict.Reason.LATE);
    }
    if (isFrozen(contract, window, watermark)) {
      return new Verdict.PutAside(Verdict.Reason.FROZEN);
    }
    if (period.isAfter(now.plus(contract.allowedSkew()))) {
      return new Verdict.PutAside(Verdict.Reason.FUTURE);
    }
    return new Verdict.Admitted(new Cell(window, bucket.applyAsInt(row)));
  }

  /** Tells whether a window lies behind the open horizon of a watermark. */
  static boolean isFrozen(TableContract contract, Window window, @Nullable Instant watermark) {
    Duration horizon = contract.openHorizon();
    return horizon != null && watermark != null && !window.hi().plus(horizon).isAfter(watermark);
  }

  static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isAfter(b) ? a : b;
  }

  private @Nullable String missing(RowData row) {
    if (row.isNullAt(PERIOD)) {
      return contract.period().column();
    }
    List<Key> keys = contract.keys();
    for (int i = 0; i < keys.size(); i++) {
      if (row.isNullAt(PERIOD + 1 + i)) {
        return keys.get(i).name();
      }
    }
    return null;
  }

  private Window windowOf(long micros) {
    Window window = last;
    if (window == null || !window.contains(micros)) {
      window = contract.window().containing(micros);
      last = window;
      lastState = null;
    }
    return window;
  }

  /** Rows come in runs of one window: it is looked up once per run. */
  private boolean isClosed(Window window, TableState state) {
    if (state != lastState) {
      lastIsClosed = state.closed().isClosed(window);
      lastState = state;
    }
    return lastIsClosed;
  }

  static long micros(TimestampData timestamp) {
    return timestamp.getMillisecond() * 1_000 + timestamp.getNanoOfMillisecond() / 1_000;
  }

  private static ToIntFunction<RowData> bucketOf(TableContract contract, RowType source) {
    if (contract.buckets() == 1) {
      return row -> 0;
    }
    int position = source.getFieldNames().indexOf(contract.bucketKey());
    Type type =
        contract.keys().stream()
            .filter(k -> k.name().equals(contract.bucketKey()))
            .findFirst()
            .orElseThrow()
            .type();
    SerializableFunction<Object, Integer> hash = Transforms.bucket(contract.buckets()).bind(type);
    RowColumn column = new RowColumn(source.getTypeAt(position), position, type);
    return row -> hash.apply(column.valueIn(row));
  }
}
