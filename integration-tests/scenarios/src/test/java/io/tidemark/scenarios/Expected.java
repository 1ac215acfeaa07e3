package io.tidemark.scenarios;

import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a table holds at one snapshot. Immutable.
 *
 * @param rows all rows, in order
 * @param closed the windows that the batch owns
 */
record Expected(List<Row> rows, Set<Window> closed) {

  static final Expected NOTHING = new Expected(List.of(), Set.of());

  Expected {
    rows = rows.stream().sorted().toList();
    closed = Set.copyOf(closed);
  }

  boolean isClosed(Row row) {
    return closed.stream().anyMatch(w -> w.contains(Window.micros(row.period())));
  }

  /** Returns this with rows of open windows added, others being left out. */
  Expected plus(List<Row> added) {
    List<Row> all = new ArrayList<>(rows);
    added.stream().filter(row -> !isClosed(row)).forEach(all::add);
    return new Expected(all, closed);
  }

  /** Returns this with rows added, whoever owns their window. */
  Expected plusForeign(List<Row> added) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(added);
    return new Expected(all, closed);
  }

  Expected without(Predicate<Row> removed) {
    return new Expected(rows.stream().filter(removed.negate()).toList(), closed);
  }

  Expected closed(List<Window> windows) {
    Set<Window> all = new TreeSet<>(closed);
    all.addAll(windows);
    return new Expected(rows, all);
  }
}
