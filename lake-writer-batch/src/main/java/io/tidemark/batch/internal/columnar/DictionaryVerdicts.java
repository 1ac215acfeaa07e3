package io.tidemark.batch.internal.columnar;

import java.util.HashSet;
import java.util.Set;

/**
 * Which columns are worth a dictionary, judged once by a column's first values and for all files of
 * a writer: an attempt that fails costs a page, and again in every row group.
 */
final class DictionaryVerdicts {

  private static final int SAMPLE = 1_024;
  private static final int SMALLEST_SAMPLE = 256;

  private final boolean[] judged;
  private final boolean[] hopeless;

  DictionaryVerdicts(int columns) {
    judged = new boolean[columns];
    hopeless = new boolean[columns];
  }

  /**
   * Judges a column by the values of a vector, if it has enough of them and was not judged before.
   *
   * @return whether the column turned out not to be worth a dictionary just now
   */
  boolean judge(int column, ColumnVector values) {
    ColumnVector leaves = values;
    while (leaves instanceof ListVector list) {
      leaves = list.elements();
    }
    int sample = Math.min(leaves.size(), SAMPLE);
    if (judged[column] || sample < SMALLEST_SAMPLE) {
      return false;
    }
    int present = 0;
    int distinctBefore = 0;
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < sample; i++) {
      if (!leaves.isNull(i)) {
        present++;
        hashes.add(leaves.hash(i));
      }
      if (i == sample / 2) {
        distinctBefore = hashes.size();
      }
    }
    return verdict(column, present, hashes.size(), hashes.size() - distinctBefore);
  }

  /** Few distinct values that become more and more all the time are no better than many. */
  private boolean verdict(int column, int present, int distinct, int late) {
    judged[column] = present >= SMALLEST_SAMPLE;
    hopeless[column] = judged[column] && (distinct * 2 > present || late * 8 > present);
    return hopeless[column];
  }

  boolean isHopeless(int column) {
    return hopeless[column];
  }
}
