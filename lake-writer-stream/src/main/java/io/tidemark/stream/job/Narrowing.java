package io.tidemark.stream.job;

import io.tidemark.catalog.InvalidRequestException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Tells which exact numbers would lose digits where a select is cast to the contract's types. */
final class Narrowing {

  private Narrowing() {}

  /**
   * Refuses a select whose numbers may not fit: SQL would wrap them, round them or make them null.
   *
   * @throws InvalidRequestException naming the first such column
   */
  static void refuse(String table, ResolvedSchema selected, RowType result) {
    for (RowType.RowField wanted : result.getFields()) {
      LogicalType type =
          selected
              .getColumn(wanted.getName())
              .map(Column::getDataType)
              .orElseThrow()
              .getLogicalType();
      if (loses(type, wanted.getType())) {
        throw new InvalidRequestException(
            "Cannot stream into %s: its select brings %s as %s, which may not fit the contract's %s. Write CAST(... AS %s) AS %s where it does"
                .formatted(
                    table,
                    wanted.getName(),
                    text(type),
                    text(wanted.getType()),
                    text(wanted.getType()),
                    wanted.getName()));
      }
    }
  }

  static boolean loses(LogicalType from, LogicalType to) {
    Digits given = Digits.of(from);
    Digits wanted = Digits.of(to);
    if (given == null || wanted == null) {
      return false;
    }
    // The greatest integers do not use all values of their last digit.
    int whole = wanted.integer && !given.integer ? wanted.whole - 1 : wanted.whole;
    return given.whole > whole || given.fraction > wanted.fraction;
  }

  private static String text(LogicalType type) {
    return type.copy(true).asSummaryString();
  }

  private record Digits(int whole, int fraction, boolean integer) {
    static @Nullable Digits of(LogicalType type) {
      return switch (type.getTypeRoot()) {
        case TINYINT -> new Digits(3, 0, true);
        case SMALLINT -> new Digits(5, 0, true);
        case INTEGER -> new Digits(10, 0, true);
        case BIGINT -> new Digits(19, 0, true);
        case DECIMAL -> {
          DecimalType decimal = (DecimalType) type;
          yield new Digits(decimal.getPrecision() - decimal.getScale(), decimal.getScale(), false);
        }
        default -> null;
      };
    }
  }
}
