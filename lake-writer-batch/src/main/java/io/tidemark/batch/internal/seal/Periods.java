package io.tidemark.batch.internal.seal;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** Reads the period of a row, its first column. */
final class Periods {

  private static final int PRECISION = 6;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Periods() {}

  /** Returns a period that is not null, in microseconds from the epoch. */
  static long micros(RowData row) {
    TimestampData period = row.getTimestamp(0, PRECISION);
    return period.getMillisecond() * MICROS_PER_MILLI
        + period.getNanoOfMillisecond() / NANOS_PER_MICRO;
  }
}
