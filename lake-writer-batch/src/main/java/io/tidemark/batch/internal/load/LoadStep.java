package io.tidemark.batch.internal.load;

import io.tidemark.catalog.commit.Load;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run loads of a table, and how far the table's loads come with it.
 *
 * @param mode what becomes of the rows there are
 * @param filter a condition on the source's rows in its SQL, beside the manifest's; empty for none
 * @param reads what is read, for people
 * @param advance the step among the table's loads; null for a load that stands alone
 * @param key the columns that no two of the rows that are read have in common; empty where none are
 *     named, or the source answers for it
 */
record LoadStep(
    Load.Mode mode, String filter, String reads, Load.@Nullable Advance advance, List<String> key)
    implements Serializable {

  LoadStep {
    key = List.copyOf(key);
  }

  /**
   * All rows, which are all there is afterwards.
   *
   * @param key likewise
   */
  static LoadStep full(List<String> key) {
    return new LoadStep(Load.Mode.FULL, "", "all rows", null, key);
  }

  /** Returns where the source stood when this was planned, if that is what it goes by. */
  @Nullable String mark() {
    return advance == null ? null : advance.to().mark();
  }

  /** Tells whether it reads only a part of the rows, which an index of the source may find. */
  boolean isPart() {
    return mode != Load.Mode.FULL;
  }
}
