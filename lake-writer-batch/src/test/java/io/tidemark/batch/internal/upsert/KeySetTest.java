package io.tidemark.batch.internal.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in shares. */
class KeySetTest {

  @ParameterizedTest
  @CsvSource({"10000, 1, 8000000", "10000, 23, 16384", "100, 15, 1"})
  void everyKeyIsInOneShare(int keys, int shares, long memory) {
    List<Supplier<KeySet>> all = KeySet.shares(keys, memory);

    long added = all.stream().mapToLong(share -> fill(share.get(), keys)).sum();

    assertThat(all).hasSize(shares);
    assertThat(added).isEqualTo(keys);
  }

  /** Returns how many keys the share took, all of which it has, and no other. */
  private static long fill(KeySet share, int keys) {
    long taken =
        LongStream.range(0, keys).filter(k -> share.takes(k % 7, k) && share.add(k % 7, k)).count();
    LongStream.range(0, keys)
        .forEach(
            k -> {
              assertThat(share.contains(k % 7, k)).isEqualTo(share.takes(k % 7, k));
              assertThat(share.contains(8, k)).isFalse();
              assertThat(share.takes(k % 7, k) && share.add(k % 7, k)).isFalse();
            });
    return taken;
  }
}
