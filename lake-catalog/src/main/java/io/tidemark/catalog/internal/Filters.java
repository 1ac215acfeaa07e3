package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** The row filters by which a commit replaces whole partitions. */
final class Filters {

  private Filters() {}

  /** Returns the filter of cells. */
  static Expression cells(TableContract contract, List<OpenFiles> cells) {
    return cells.stream()
        .map(c -> TableLayout.filter(contract, c.window(), c.bucket()))
        .distinct()
        .reduce(Expressions.alwaysFalse(), Expressions::or);
  }

  /** Returns the filter of all open windows from an edge on. */
  static Expression allOpen(
      TableContract contract, ClosedSet closed, @Nullable Instant frozenBefore) {
    Instant origin = contract.window().origin();
    Instant from = frozenBefore == null || frozenBefore.isBefore(origin) ? origin : frozenBefore;
    Expression filter = Expressions.alwaysFalse();
    for (ClosedRange range : closed.ranges()) {
      if (from.isBefore(range.range().lo())) {
        Window gap = new Window(from, range.range().lo());
        filter = Expressions.or(filter, TableLayout.filter(contract, gap));
      }
      from = from.isBefore(range.range().hi()) ? range.range().hi() : from;
    }
    return Expressions.or(filter, TableLayout.filterFrom(contract, from));
  }
}
