package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.postgres.RangeSplit.Cut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a query into splits that together hold every row once, whatever values there are. */
final class SplitPlan {

  private SplitPlan() {}

  /** Returns the one split that holds all rows. */
  static List<RangeSplit> whole(@Nullable String snapshot) {
    return List.of(new RangeSplit("all", snapshot, null));
  }

  /**
   * Returns a split below the first edge, one between any two, one from the last edge on, and one
   * for the nulls.
   *
   * @param edges ascending and distinct, as the database orders them
   */
  static List<RangeSplit> cut(
      @Nullable String snapshot, String column, String type, List<String> edges) {
    if (edges.isEmpty()) {
      return whole(snapshot);
    }
    List<RangeSplit> splits = new ArrayList<>();
    for (int i = 0; i <= edges.size(); i++) {
      String from = i == 0 ? null : edges.get(i - 1);
      String to = i == edges.size() ? null : edges.get(i);
      splits.add(new RangeSplit("range-" + i, snapshot, new Cut(column, type, from, to)));
    }
    splits.add(new RangeSplit("nulls", snapshot, new Cut(column, type, null, null)));
    return List.copyOf(splits);
  }
}
