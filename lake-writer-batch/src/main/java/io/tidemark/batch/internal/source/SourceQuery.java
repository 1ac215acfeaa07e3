package io.tidemark.batch.internal.source;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;

/** What is read of every range of a table. */
public interface SourceQuery extends Serializable {

  /** Returns the columns, in the order in which they are read. */
  List<? extends SelectedColumn> columns();

  /**
   * Returns the columns in Iceberg. The required ones are the identifier, where Iceberg lets all of
   * them be one.
   */
  Schema icebergSchema();

  /** Returns what tells this query from any other that would bring other values. */
  String fingerprint();

  /**
   * Returns what adds rows up as the database does.
   *
   * @param schema what {@link #icebergSchema()} says, under whatever ids
   */
  ChecksumAccumulator sums(Schema schema);

  /** Returns the columns whose values the database can count but not add up. */
  default Set<String> counted() {
    return Set.of();
  }
}
