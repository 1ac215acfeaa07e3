package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How the settled rows are read.
 *
 * @param query the query
 * @param brought what the database said that it brings
 * @param columns the contract's columns of it, in the order of the query's
 */
public record SettledRead(SettledQuery query, SourceTable brought, SourceQuery columns)
    implements Serializable {

  /**
   * Has the database describe the query, and compares what it would bring with the contract.
   *
   * @param table the table to seal, for people
   * @throws InvalidRequestException if the query is wrong, or its columns are others; the message
   *     names them all
   * @throws io.tidemark.catalog.UnavailableException if the database cannot be reached
   */
  public static SettledRead of(SettledQuery query, String table) {
    try (SourceSession session = Databases.openForSeal(query.source(), query.zone())) {
      SourceTable brought = session.describe(query.bound());
      SettledColumns columns = new SettledColumns(query, brought);
      if (!columns.complaints().isEmpty()) {
        throw new InvalidRequestException(
            "Cannot seal %s from %s: the query %s. Nothing was read."
                .formatted(table, query.source(), String.join("; ", columns.complaints())));
      }
      return of(query, brought, columns);
    }
  }

  private static SettledRead of(SettledQuery query, SourceTable brought, SettledColumns columns) {
    SourceQuery selected = brought.query(columns.selected(), "", OnUnmappable.FAIL);
    return new SettledRead(query, brought, selected);
  }

  /**
   * Returns the read for a table with the same columns in another order, as where measures were
   * added behind those that it had.
   */
  public SettledRead inOrderOf(TableContract contract) {
    SettledQuery ordered = query.inOrderOf(contract);
    return of(ordered, brought, new SettledColumns(ordered, brought));
  }

  /** Returns all that the query brings, as one range. */
  SourceRange whole(SourceSession session) {
    return cut(session, 1).get(0);
  }

  /** Cuts what the query brings into about as many ranges. */
  List<SourceRange> cut(SourceSession session, int parts) {
    SourceColumn by = Objects.requireNonNull(SettledColumns.named(brought, query.splitBy()));
    return session.slices(query.bound(), brought, by, query.edges(parts), parts);
  }

  /**
   * Returns how many readers make use of the connections that the source allows.
   *
   * @param slots how many tasks there can be
   */
  public int readers(int slots) {
    int connections = query.source().connections();
    return brought.isShareable() ? Math.max(1, Math.min(slots, connections - 1)) : 1;
  }
}
