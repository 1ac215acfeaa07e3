package io.tidemark.stream.internal;

import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Merges contributions to one period and key by the contract's merge functions. */
final class Merger {

  private final RowData.FieldGetter[] columns;
  private final List<Step> steps = new ArrayList<>();

  Merger(TableContract contract, RowType source) {
    this.columns = new RowData.FieldGetter[source.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = RowData.createFieldGetter(source.getTypeAt(i), i);
    }
    for (Measure measure : contract.measures()) {
      int position = source.getFieldNames().indexOf(measure.name());
      steps.add(step(measure, position, source));
    }
  }

  /** Returns the merged row; the rows given are left as they are. */
  RowData merge(@Nullable RowData before, RowData contribution) {
    GenericRowData merged = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      merged.setField(i, columns[i].getFieldOrNull(contribution));
    }
    if (before != null) {
      steps.forEach(step -> step.apply(before, contribution, merged));
    }
    return merged;
  }

  private Step step(Measure measure, int position, RowType source) {
    RowData.FieldGetter column = columns[position];
    LogicalType type = source.getTypeAt(position);
    if (measure.merge() instanceof Merge.Last last) {
      RowData.FieldGetter order = columns[source.getFieldNames().indexOf(last.orderedBy())];
      return (before, next, merged) ->
          merged.setField(
              position,
              column.getFieldOrNull(
                  isBefore(order.getFieldOrNull(next), order.getFieldOrNull(before))
                      ? before
                      : next));
    }
    MergeFunction function = function(measure, type);
    return (before, next, merged) ->
        merged.setField(
            position,
            function.applyOrKeep(column.getFieldOrNull(before), column.getFieldOrNull(next)));
  }

  private static MergeFunction function(Measure measure, LogicalType type) {
    if (measure.merge() instanceof Merge.Sum) {
      return Sums.of(measure.name(), type);
    }
    int sign = measure.merge() instanceof Merge.Min ? -1 : 1;
    return (a, b) -> sign * Ordering.compare(a, b) >= 0 ? a : b;
  }

  /** A null ordering value comes before all others. */
  private static boolean isBefore(@Nullable Object a, @Nullable Object b) {
    return b != null && (a == null || Ordering.compare(a, b) < 0);
  }

  private interface Step {
    void apply(RowData before, RowData next, GenericRowData merged);
  }

  /** Merges two values that are there. */
  interface MergeFunction {
    Object apply(Object a, Object b);

    /** Null is no value. */
    default @Nullable Object applyOrKeep(@Nullable Object a, @Nullable Object b) {
      if (a == null) {
        return b;
      }
      return b == null ? a : apply(a, b);
    }
  }
}
