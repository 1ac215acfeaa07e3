package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.InvalidRequestException;
import java.util.StringJoiner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** Checks that what a caller brings is rows of a contract's source columns. */
public final class SettledRowCheck {

  private SettledRowCheck() {}

  /**
   * Checks the type of a stream, nullability aside.
   *
   * @throws InvalidRequestException if it is another; the message names each column that differs
   */
  public static void checkType(TypeInformation<?> type, RowLayout layout, String table) {
    if (!(type instanceof InternalTypeInfo<?> internal)
        || !(internal.toLogicalType() instanceof RowType brought)) {
      throw new InvalidRequestException(
          "Cannot seal %s: the rows are of type %s, expected an InternalTypeInfo of the contract's source columns"
              .formatted(table, type));
    }
    String differences = differences(brought, layout.sourceType());
    if (!differences.isEmpty()) {
      throw new InvalidRequestException("Cannot seal %s: %s".formatted(table, differences));
    }
  }

  /** Checks that a row is one that stands; a job that brings another is not tried again. */
  static void checkKind(RowData row) {
    RowKind kind = row.getRowKind();
    if (kind != RowKind.INSERT && kind != RowKind.UPDATE_AFTER) {
      throw new SuppressRestartsException(
          new InvalidRequestException(
              "Cannot seal: the rows hold a change of kind %s, expected settled rows only"
                  .formatted(kind)));
    }
  }

  private static String differences(RowType brought, RowType expected) {
    StringJoiner differences = new StringJoiner("; ");
    for (int i = 0; i < Math.max(brought.getFieldCount(), expected.getFieldCount()); i++) {
      String found = column(brought, i);
      String wanted = column(expected, i);
      if (!found.equals(wanted)) {
        differences.add("column %d is %s, expected %s".formatted(i + 1, found, wanted));
      }
    }
    return differences.toString();
  }

  private static String column(RowType type, int position) {
    return position < type.getFieldCount()
        ? type.getFieldNames().get(position) + " " + type.getTypeAt(position).copy(true)
        : "none";
  }
}
