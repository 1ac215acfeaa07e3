package io.tidemark.scenarios;

import io.tidemark.fixtures.Fault;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog over S3, behind a network that can be made to fail. */
interface Lake {

  /** Returns the catalog, shared by all tests. */
  Catalog catalog();

  /** Strikes the next commit to a table, once. */
  void fail(TableIdentifier table, Fault fault);

  /** Returns how often a commit to a table was sent to the catalog. */
  long swaps(TableIdentifier table);

  /** Sends the commit on that was dropped last; it lands or it does not. */
  void deliverDropped();

  /** Whether every fault has struck. */
  boolean isSpent();

  /** Forgets the faults that have not struck. */
  void heal();
}
