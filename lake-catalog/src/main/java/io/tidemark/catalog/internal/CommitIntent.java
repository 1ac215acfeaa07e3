package io.tidemark.catalog.internal;

import org.apache.iceberg.Snapshot;

/**
 * What a commit means, apart from the base it is made on.
 *
 * @param <R> the result
 */
interface CommitIntent<R> {

  /** The id that all attempts share. */
  String commitId();

  /** Whether this is the repair of a rewritten history, which all others stop at. */
  default boolean repairsHistory() {
    return false;
  }

  /** What to do where a commit of this landed and is no longer part of main, for people. */
  default String afterRewrite() {
    return "Run repair on the table.";
  }

  /**
   * Plans against one base, and checks every guard on it.
   *
   * @throws io.tidemark.catalog.LakeException if the request is wrong or a guard refuses
   */
  Step<R> plan(Base base);

  /** Returns the result of a commit that is found on main, whoever saw it land. */
  R landed(Snapshot snapshot);
}
