package io.tidemark.batch.internal.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What parquet-java decodes, and what its encoder takes, are the judges. */
class IdsTest {

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void idsAreDecodedAndTakeNoMoreThanParquetsOwn(int seed) throws IOException {
    // Given: pages of one dictionary, with runs of any length
    Random random = new Random(seed);
    int distinct = 1 + random.nextInt(1 << random.nextInt(18));
    int bits = BytesUtils.getWidthFromMaxInt(distinct - 1);
    Ids ids = new Ids();

    for (int page = 0; page < 3; page++) {
      int[] values = values(random, distinct);
      IntStream.of(values).forEach(ids::add);

      // When
      byte[] encoded = ids.toInput(distinct).toByteArray();
      ids.clear();

      // Then
      assertThat(encoded[0]).isEqualTo((byte) bits);
      assertThat(decoded(encoded, bits, values.length)).isEqualTo(values);
      assertThat(encoded.length - 1L).isLessThanOrEqualTo(lengthByParquet(values, bits));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 11, 15})
  void lastGroupMayEndBehindTheLastId(int run) throws IOException {
    for (int count = 240; count <= 270; count++) {
      Ids ids = new Ids();
      int[] values = IntStream.range(0, count).map(i -> i < run ? 0 : i).toArray();
      IntStream.of(values).forEach(ids::add);

      byte[] encoded = ids.toInput(count).toByteArray();

      int bits = BytesUtils.getWidthFromMaxInt(count - 1);
      assertThat(decoded(encoded, bits, count)).isEqualTo(values);
    }
  }

  private static int[] values(Random random, int distinct) {
    int[] values = new int[1 + random.nextInt(5_000)];
    int longest = 1 + random.nextInt(30);
    for (int i = 0; i < values.length; ) {
      int id = random.nextInt(distinct);
      int end = Math.min(values.length, i + 1 + random.nextInt(longest));
      while (i < end) {
        values[i++] = id;
      }
    }
    return values;
  }

  private static int[] decoded(byte[] encoded, int bits, int count) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(encoded, 1, encoded.length - 1);
    RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(bits, in);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = decoder.readInt();
    }
    assertThat(in.available()).isZero();
    return values;
  }

  private static long lengthByParquet(int[] values, int bits) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bits, 1 << 10, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      return encoder.toBytes().size();
    }
  }
}
