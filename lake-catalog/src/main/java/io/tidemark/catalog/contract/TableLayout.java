package io.tidemark.catalog.contract;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * How a contract becomes columns, partitions and filters. Everything rests on one rule: a window's
 * edges are partition edges, so that taking a window over is an operation on whole files.
 */
public final class TableLayout {

  private TableLayout() {}

  /** Returns the schema of a new table: period, keys, measures, {@code is_final}, business date. */
  public static Schema schema(TableContract contract) {
    List<Types.NestedField> fields = new ArrayList<>();
    fields.add(required(fields, contract.period().column(), contract.period().type()));
    contract.keys().forEach(k -> fields.add(required(fields, k.name(), k.type())));
    contract
        .measures()
        .forEach(
            m -> fields.add(Types.NestedField.optional(fields.size() + 1, m.name(), m.type())));
    fields.add(required(fields, TableContract.IS_FINAL, Types.BooleanType.get()));
    if (contract.businessDate() != null) {
      fields.add(required(fields, contract.businessDate(), Types.DateType.get()));
    }
    return new Schema(fields);
  }

  /** Returns the partition spec of a new table. */
  public static PartitionSpec spec(TableContract contract, Schema schema) {
    PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
    String period = contract.period().column();
    if (contract.businessDate() != null) {
      builder.identity(contract.businessDate());
    } else if (contract.window().unit() == WindowUnit.HOUR || !contract.window().inUtc()) {
      builder.hour(period);
    } else {
      builder.day(period);
    }
    if (contract.buckets() > 1) {
      builder.bucket(contract.bucketKey(), contract.buckets());
    }
    return builder.build();
  }

  /** Returns the sort order of a new table: by period, then by the keys. */
  public static SortOrder sortOrder(TableContract contract, Schema schema) {
    SortOrder.Builder builder = SortOrder.builderFor(schema);
    builder.sortBy(contract.period().column(), SortDirection.ASC, NullOrder.NULLS_LAST);
    contract.keys().forEach(k -> builder.sortBy(k.name(), SortDirection.ASC, NullOrder.NULLS_LAST));
    return builder.build();
  }

  /**
   * Checks that every window's edges are partition edges of a spec.
   *
   * @param name the table's name, for the message
   * @throws InvalidRequestException if a file of the spec could hold rows of two windows; the
   *     message offers what fits
   */
  public static void check(String name, TableContract contract, PartitionSpec spec, Schema schema) {
    boolean holds =
        spec.fields().stream().anyMatch(field -> separatesWindows(contract, field, schema));
    if (!holds) {
      throw new InvalidRequestException(
          "Cannot keep %s windows of %s in table %s partitioned by %s: a partition would hold rows of two windows. What fits: %s."
              .formatted(
                  contract.window().unit(),
                  contract.window().zone(),
                  name,
                  spec.isUnpartitioned() ? "nothing" : spec.fields(),
                  offer(contract)));
    }
  }

  private static boolean separatesWindows(
      TableContract contract, PartitionField field, Schema schema) {
    String column = schema.findColumnName(field.sourceId());
    String transform = field.transform().toString();
    WindowSpec window = contract.window();
    if (column == null) {
      return false;
    }
    if (column.equals(contract.businessDate())) {
      return transform.equals("identity")
          || transform.equals("day")
          || (transform.equals("month") && window.unit() == WindowUnit.MONTH);
    }
    if (!column.equals(contract.period().column())) {
      return false;
    }
    return switch (transform) {
      case "identity" -> true;
      case "hour" -> window.inWholeHours();
      case "day" -> window.unit() != WindowUnit.HOUR && window.inUtc();
      case "month" -> window.unit() == WindowUnit.MONTH && window.inUtc();
      default -> false;
    };
  }

  private static String offer(TableContract contract) {
    String period = contract.period().column();
    String hour = contract.window().inWholeHours() ? "hour(%s)".formatted(period) : "";
    String date =
        contract.window().unit() == WindowUnit.HOUR
            ? ""
            : "identity of a business date column that the library fills in";
    return hour.isEmpty() || date.isEmpty() ? hour + date : hour + ", or " + date;
  }

  /** Returns the filter that holds exactly the rows of a range of whole windows. */
  public static Expression filter(TableContract contract, Window range) {
    String period = contract.period().column();
    Expression rows =
        Expressions.and(
            Expressions.greaterThanOrEqual(period, range.loMicros()),
            Expressions.lessThan(period, range.hiMicros()));
    return contract.businessDate() == null
        ? rows
        : Expressions.and(dates(contract, contract.businessDate(), range), rows);
  }

  /** Returns the filter that holds exactly the rows of one cell of a window. */
  public static Expression filter(TableContract contract, Window window, int bucket) {
    Expression rows = filter(contract, window);
    return contract.buckets() == 1
        ? rows
        : Expressions.and(
            rows,
            Expressions.equal(
                Expressions.bucket(contract.bucketKey(), contract.buckets()), bucket));
  }

  /** Returns the filter that holds exactly the rows from the edge of a window on. */
  public static Expression filterFrom(TableContract contract, Instant lo) {
    Expression rows = Expressions.greaterThanOrEqual(contract.period().column(), Window.micros(lo));
    if (contract.businessDate() == null) {
      return rows;
    }
    LocalDate first = LocalDate.ofInstant(lo, contract.window().zone());
    return Expressions.and(
        Expressions.greaterThanOrEqual(contract.businessDate(), (int) first.toEpochDay()), rows);
  }

  /** Lets Iceberg prune manifests by partition; the period decides. */
  private static Expression dates(TableContract contract, String column, Window range) {
    WindowSpec spec = contract.window();
    LocalDate first = LocalDate.ofInstant(range.lo(), spec.zone());
    LocalDate last = LocalDate.ofInstant(range.hi(), spec.zone());
    return Expressions.and(
        Expressions.greaterThanOrEqual(column, (int) first.toEpochDay()),
        Expressions.lessThan(column, (int) last.toEpochDay()));
  }

  private static Types.NestedField required(
      List<Types.NestedField> fields, String name, Type type) {
    return Types.NestedField.required(fields.size() + 1, name, type);
  }
}
