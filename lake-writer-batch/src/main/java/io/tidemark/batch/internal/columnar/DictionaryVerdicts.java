package io.tidemark.batch.internal.columnar;

import java.util.HashSet;
import java.util.Set;

/**
 * Which columns are worth a dictionary, judged once by a column's first values and for all files of
 * a writer: an attempt that fails costs a page, and again in every row group.
 *
 * <p>How many distinct values there are is told by how often a value of one half of the sample is
 * met again in the other, as one tells how many fish there are in a pond. Values that come in runs
 * and never again are as good as unknown ones then, however few of them a sample has.
 */
final class DictionaryVerdicts {

  private static final int SAMPLE = 1_024;
  private static final int SMALLEST_SAMPLE = 256;

  /**
   * Ids of more values take as long to look up as it takes to compress the values, and many more
   * take more bytes; measured with TPC-H's dates, of which there are 2,526, and suppliers.
   */
  private static final long MOST_VALUES = 4_096;

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
    Set<Integer> early = new HashSet<>();
    Set<Integer> late = new HashSet<>();
    for (int i = 0; i < sample; i++) {
      if (!leaves.isNull(i)) {
        present++;
        (i < sample / 2 ? early : late).add(leaves.hash(i));
      }
    }
    long pairs = (long) early.size() * late.size();
    late.retainAll(early);
    return verdict(column, present, pairs, late.size());
  }

  /** One meeting more than there were: without it few values, each in a run, would be many. */
  private boolean verdict(int column, int present, long pairs, int met) {
    judged[column] = present >= SMALLEST_SAMPLE;
    hopeless[column] = judged[column] && (met + 1) * MOST_VALUES < pairs;
    return hopeless[column];
  }

  boolean isHopeless(int column) {
    return hopeless[column];
  }
}
