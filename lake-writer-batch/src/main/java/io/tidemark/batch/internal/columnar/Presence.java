package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Which values of a page are there and which are null: the definition levels of a flat column. */
final class Presence {

  private static final int FIRST_BYTES = 1 << 8;
  private static final byte[] PRESENT = {1};

  private boolean[] nulls = {};
  private int rows;
  private int nullCount;

  void add(ColumnVector vector, int from, int to) {
    int end = rows + to - from;
    if (vector.hasNulls()) {
      if (nulls.length < end) {
        nulls = Arrays.copyOf(nulls, end * 2);
      }
      nullCount += vector.copyNulls(from, to, nulls, rows);
    }
    rows = end;
  }

  int rows() {
    return rows;
  }

  int nullCount() {
    return nullCount;
  }

  int capacity() {
    return nulls.length;
  }

  void clear() {
    if (nullCount > 0) {
      Arrays.fill(nulls, 0, Math.min(rows, nulls.length), false);
    }
    rows = 0;
    nullCount = 0;
  }

  /** Returns the levels as pages of version 1 begin with them: their length, then runs of them. */
  BytesInput toInput() throws IOException {
    BytesInput levels = nullCount == 0 ? allPresent() : mixed();
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
  }

  private BytesInput allPresent() {
    return BytesInput.concat(BytesInput.fromUnsignedVarInt(rows << 1), BytesInput.from(PRESENT));
  }

  private BytesInput mixed() throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            1, FIRST_BYTES, FIRST_BYTES << 4, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < rows; i++) {
        encoder.writeInt(i < nulls.length && nulls[i] ? 0 : 1);
      }
      return BytesInput.copy(encoder.toBytes());
    }
  }
}
