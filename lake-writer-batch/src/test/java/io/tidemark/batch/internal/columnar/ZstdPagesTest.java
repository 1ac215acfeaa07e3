package io.tidemark.batch.internal.columnar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.junit.jupiter.api.Test;

class ZstdPagesTest {

  private static final int COLUMNS = 3;
  private static final int PAGES = 40;
  private static final Map<String, String> LEVEL_1 = Map.of("write.parquet.compression-level", "1");
  private static final Map<String, String> LEVEL_3 = Map.of("write.parquet.compression-level", "3");

  @Test
  void valuesThatTheFastestLevelMakesAsSmallAreCompressedByIt() throws IOException {
    // Given
    Function<Random, byte[]> numbers = ZstdPagesTest::numbers;

    // When
    ByteBuffer last = lastPage(numbers, Map.of());

    // Then
    assertThat(last).isEqualTo(lastPage(numbers, LEVEL_1)).isNotEqualTo(lastPage(numbers, LEVEL_3));
  }

  @Test
  void valuesThatItWouldLeaveLargerAreCompressedAsByParquet() throws IOException {
    // Given
    Function<Random, byte[]> texts = ZstdPagesTest::texts;

    // When
    ByteBuffer last = lastPage(texts, Map.of());

    // Then
    assertThat(last).isEqualTo(lastPage(texts, LEVEL_3)).isNotEqualTo(lastPage(texts, LEVEL_1));
  }

  @Test
  void everyPageComesBackWhateverItsLevel() throws IOException {
    // Given
    BytesInputCompressor compressor = PageCompressor.of(Map.of(), COLUMNS);
    Random random = new Random(11);

    for (int i = 0; i < PAGES; i++) {
      byte[] page = i % COLUMNS == 0 ? texts(random) : numbers(random);

      // When
      byte[] compressed = compressor.compress(BytesInput.from(page)).toByteArray();

      // Then
      assertThat(Zstd.decompress(compressed, page.length)).isEqualTo(page);
    }
    compressor.release();
  }

  private static ByteBuffer lastPage(Function<Random, byte[]> page, Map<String, String> properties)
      throws IOException {
    BytesInputCompressor compressor = PageCompressor.of(properties, COLUMNS);
    Random random = new Random(7);
    byte[] last = {};
    for (int i = 0; i < PAGES; i++) {
      last = compressor.compress(BytesInput.from(page.apply(random))).toByteArray();
    }
    compressor.release();
    return ByteBuffer.wrap(last);
  }

  private static byte[] numbers(Random random) {
    ByteBuffer page = ByteBuffer.allocate(80_000);
    while (page.hasRemaining()) {
      page.putLong(random.nextInt(1_000_000));
    }
    return page.array();
  }

  /** Words out of many, whose repetitions lie too far apart for a level that looks near by. */
  private static byte[] texts(Random random) {
    StringBuilder page = new StringBuilder();
    while (page.length() < 80_000) {
      new Random(random.nextInt(2_000)).ints(6, 'a', 'z').forEach(page::appendCodePoint);
    }
    return page.toString().getBytes(UTF_8);
  }
}
