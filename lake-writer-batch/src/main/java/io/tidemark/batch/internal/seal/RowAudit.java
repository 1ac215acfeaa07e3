package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.window.Window;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Audits rows that come in the order of {@link RowOrder}. */
final class RowAudit {

  private final WindowIndex windows;
  private final GrainEdges edges;
  private final RowOrder order;
  private final RowDataWrapper view;
  private final List<Types.NestedField> identity;
  private Audit found = Audit.CLEAN;
  private byte @Nullable [] previous;

  RowAudit(RowLayout layout, WindowIndex windows) {
    this.windows = windows;
    this.edges = GrainEdges.of(layout.contract());
    this.order = new RowOrder(layout);
    this.view = layout.view();
    this.identity = layout.schema().columns().subList(0, layout.identityColumns());
  }

  /** Tells whether a row may be written, and takes down why not. */
  boolean accepts(RowData row) {
    Audit of = examine(row);
    if (of.isClean()) {
      return true;
    }
    found = found.merge(of);
    return false;
  }

  Audit found() {
    return found;
  }

  private Audit examine(RowData row) {
    if (hasNull(row)) {
      return Audit.isNull(finding(row, identity));
    }
    long micros = Periods.micros(row);
    if (windows.find(micros) == WindowIndex.OUTSIDE) {
      return Audit.outside(finding(row, identity.subList(0, 1)));
    }
    if (!edges.isEdge(micros)) {
      return Audit.offGrain(finding(row, identity.subList(0, 1)));
    }
    byte[] key = order.getKey(row);
    if (Arrays.equals(key, previous)) {
      return Audit.duplicate(finding(row, identity));
    }
    previous = key;
    return Audit.CLEAN;
  }

  private boolean hasNull(RowData row) {
    for (int i = 0; i < identity.size(); i++) {
      if (row.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  private Finding finding(RowData row, List<Types.NestedField> named) {
    Long period = row.isNullAt(0) ? null : Periods.micros(row);
    StringJoiner text = new StringJoiner(", ");
    view.wrap(row);
    for (int i = 0; i < named.size(); i++) {
      text.add(named.get(i).name() + "=" + (i == 0 ? instant(period) : value(i)));
    }
    return new Finding(1, period, text.toString());
  }

  private @Nullable Object value(int position) {
    return view.get(position, Object.class);
  }

  private static String instant(@Nullable Long micros) {
    return micros == null ? "null" : Window.instant(micros).atOffset(ZoneOffset.UTC).toString();
  }
}
