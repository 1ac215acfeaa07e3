package io.tidemark.stream.internal;

import io.tidemark.catalog.contract.CoveredBy;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.util.OptionalLong;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Tells whether the seal that closed a window has seen a row that comes late. */
final class Coverage {

  private final CoveredBy column;
  private final int position;
  private @Nullable Window last;
  private @Nullable Cuts lastCuts;
  private OptionalLong lastCut = OptionalLong.empty();

  Coverage(TableContract contract, RowType source) {
    this.column = contract.coveredBy();
    this.position = source.getFieldNames().indexOf(column.column());
  }

  /** A row without a position, or of a window whose cut is not known, is not covered. */
  boolean covers(RowData row, Window window, Cuts cuts) {
    OptionalLong cut = cut(window, cuts);
    return cut.isPresent() && !row.isNullAt(position) && valueIn(row) < cut.getAsLong();
  }

  /** Late rows come in runs of one window, too. */
  private OptionalLong cut(Window window, Cuts cuts) {
    if (cuts != lastCuts || !window.equals(last)) {
      String cut = cuts.of(window).orElse(null);
      lastCut = cut == null ? OptionalLong.empty() : OptionalLong.of(column.position(cut));
      lastCuts = cuts;
      last = window;
    }
    return lastCut;
  }

  private long valueIn(RowData row) {
    return column.type() instanceof Types.LongType
        ? row.getLong(position)
        : Admission.micros(row.getTimestamp(position, 6));
  }
}
