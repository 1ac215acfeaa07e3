package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Wire.expect;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.util.concurrent.TimeUnit;

/** Decoders of dates and times. PostgreSQL counts from 2000, Iceberg from 1970, both in UTC. */
final class TimeDecoders {

  static final int EPOCH_DAYS = 10_957;
  static final long EPOCH_MICROS = TimeUnit.DAYS.toMicros(EPOCH_DAYS);

  private static final long DAY = TimeUnit.DAYS.toMicros(1);

  private TimeDecoders() {}

  static void date(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Integer.BYTES);
    int days = Wire.int4(row, offset);
    if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
      throw new UnfitValueException((days > 0 ? "infinity" : "-infinity") + " is no day");
    }
    ((IntVector) into).append(days + EPOCH_DAYS);
  }

  static void time(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Long.BYTES);
    long micros = Wire.int8(row, offset);
    if (micros >= DAY) {
      throw new UnfitValueException("24:00:00 is not within a day");
    }
    ((LongVector) into).append(micros);
  }

  static void timestamp(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Long.BYTES);
    long micros = Wire.int8(row, offset);
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      throw new UnfitValueException((micros > 0 ? "infinity" : "-infinity") + " is no instant");
    }
    if (micros > Long.MAX_VALUE - EPOCH_MICROS) {
      throw new UnfitValueException(
          "an instant after 294247-01-10 is more microseconds since 1970 than a long can hold");
    }
    ((LongVector) into).append(micros + EPOCH_MICROS);
  }
}
