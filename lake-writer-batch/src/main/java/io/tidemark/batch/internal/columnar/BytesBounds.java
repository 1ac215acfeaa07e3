package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The least and the greatest of a page's byte strings, byte by byte and without signs. */
final class BytesBounds extends Bounds {

  private byte @Nullable [] least;
  private byte @Nullable [] greatest;
  private long leastPrefix;
  private long greatestPrefix;

  @Override
  void add(ColumnVector vector, int from, int to) {
    BytesVector values = (BytesVector) vector;
    byte[] data = values.data();
    int start = values.start(from);
    for (int i = from; i < to; i++) {
      int end = values.end(i);
      if (!values.isNull(i)) {
        add(data, start, end);
      }
      start = end;
    }
  }

  /** Most values are told apart from both bounds by their first bytes. */
  private void add(byte[] data, int start, int end) {
    long prefix = BytesKey.prefix(data, start, end);
    if (least == null || Long.compareUnsigned(prefix, leastPrefix) <= 0) {
      addLeast(data, start, end, prefix);
    }
    if (greatest == null || Long.compareUnsigned(prefix, greatestPrefix) >= 0) {
      addGreatest(data, start, end, prefix);
    }
  }

  private void addLeast(byte[] data, int start, int end, long prefix) {
    if (least == null || Arrays.compareUnsigned(data, start, end, least, 0, least.length) < 0) {
      least = Arrays.copyOfRange(data, start, end);
      leastPrefix = prefix;
    }
  }

  private void addGreatest(byte[] data, int start, int end, long prefix) {
    if (greatest == null
        || Arrays.compareUnsigned(data, start, end, greatest, 0, greatest.length) > 0) {
      greatest = Arrays.copyOfRange(data, start, end);
      greatestPrefix = prefix;
    }
  }

  @Override
  void moveTo(Statistics<?> statistics) {
    if (least != null && greatest != null) {
      statistics.updateStats(Binary.fromConstantByteArray(least));
      statistics.updateStats(Binary.fromConstantByteArray(greatest));
    }
    least = null;
    greatest = null;
  }
}
