package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table whose keys lie between two edges: at or behind the one, before the other. The
 * first range of a cut has no lower edge and the last one no upper, so that all of them together
 * hold every row once, whatever is inserted.
 *
 * @param key the columns it is cut by, which the key begins with; none for a table that is not cut
 * @param edges all edges of the cut, in ascending order: an SQL literal per column
 * @param index which of the cut's ranges this is, from 0
 * @param bytes about what it takes in the database
 */
record KeyRange(List<String> key, List<List<String>> edges, int index, long bytes)
    implements SourceRange {

  KeyRange {
    key = List.copyOf(key);
    edges = List.copyOf(edges);
  }

  /** Returns the one range of a table that is not cut. */
  static KeyRange whole(JdbcTable table) {
    return new KeyRange(List.of(), List.of(), 0, table.bytes());
  }

  /** Returns all ranges of a cut. */
  static List<KeyRange> all(JdbcTable table, List<List<String>> edges) {
    if (table.key() == null || edges.isEmpty()) {
      return List.of(whole(table));
    }
    long bytes = table.bytes() / (edges.size() + 1);
    List<String> key = table.key().columns().subList(0, edges.get(0).size());
    return IntStream.rangeClosed(0, edges.size())
        .mapToObj(i -> new KeyRange(key, edges, i, bytes))
        .toList();
  }

  /** Returns the range that a text tells of, where the table still has the key. */
  static Optional<KeyRange> of(JdbcTable table, String text) {
    return KeyRangeText.parse(text)
        .filter(
            range ->
                range.key.isEmpty() || table.key() != null && table.key().beginsWith(range.key))
        .map(
            range ->
                new KeyRange(
                    range.key, range.edges, range.index, table.bytes() / (range.edges.size() + 1)));
  }

  /** Tells whether two ranges are of the same cut. */
  boolean isOfCut(KeyRange other) {
    return key.equals(other.key) && edges.equals(other.edges);
  }

  /** Returns the conditions on the rows of the range, if there are any. */
  List<String> conditions(Dialect dialect) {
    List<String> conditions = new ArrayList<>();
    List<String> columns = key.stream().map(dialect::quoted).toList();
    if (index > 0) {
      conditions.add(RowComparison.of(columns, ">", ">=", edges.get(index - 1)));
    }
    if (index < edges.size()) {
      conditions.add(RowComparison.of(columns, "<", "<", edges.get(index)));
    }
    return conditions;
  }

  @Override
  public String text() {
    return KeyRangeText.of(this);
  }

  @Override
  public boolean overlaps(SourceRange other) {
    return !(other instanceof KeyRange range) || !isOfCut(range) || index == range.index;
  }

  @Override
  public String toString() {
    return key.isEmpty()
        ? "all rows"
        : "range %d of %d by %s".formatted(index + 1, edges.size() + 1, String.join(", ", key));
  }
}
