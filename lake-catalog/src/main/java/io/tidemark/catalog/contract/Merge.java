package io.tidemark.catalog.contract;

import java.io.Serializable;

/** How two contributions to one measure of one period and key become one value. */
public sealed interface Merge extends Serializable {

  /** Values are added; null adds nothing. */
  record Sum() implements Merge {}

  /** The least value stays; null is no value. */
  record Min() implements Merge {}

  /** The greatest value stays; null is no value. */
  record Max() implements Merge {}

  /**
   * The value of the contribution with the greatest ordering value stays, null too; of equal ones
   * the later arrival.
   *
   * @param orderedBy another measure of the contract, merged by {@link Max}
   */
  record Last(String orderedBy) implements Merge {}
}
