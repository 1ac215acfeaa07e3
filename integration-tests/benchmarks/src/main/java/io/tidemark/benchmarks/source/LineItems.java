package io.tidemark.benchmarks.source;

import io.tidemark.benchmarks.source.Column.Kind;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import java.util.Iterator;
import java.util.List;

/** TPC-H's {@code lineitem}, at a scale that has the rows wanted. */
final class LineItems implements RowSource {
  /** A little less than there are, for parts are uneven. */
  private static final double ROWS_PER_SCALE = 5_900_000;

  static final List<Column> COLUMNS =
      List.of(
          Column.of("l_orderkey", Kind.LONG),
          Column.of("l_partkey", Kind.LONG),
          Column.of("l_suppkey", Kind.LONG),
          Column.of("l_linenumber", Kind.INT),
          Column.decimal("l_quantity", 12),
          Column.decimal("l_extendedprice", 12),
          Column.decimal("l_discount", 12),
          Column.decimal("l_tax", 12),
          Column.of("l_returnflag", Kind.TEXT),
          Column.of("l_linestatus", Kind.TEXT),
          Column.of("l_shipdate", Kind.DATE),
          Column.of("l_commitdate", Kind.DATE),
          Column.of("l_receiptdate", Kind.DATE),
          Column.of("l_shipinstruct", Kind.TEXT),
          Column.of("l_shipmode", Kind.TEXT),
          Column.of("l_comment", Kind.TEXT));

  private final Iterator<LineItem> items;

  private LineItems(Iterator<LineItem> items) {
    this.items = items;
  }

  static LineItems of(long rows, int part, int parts) {
    double scale = (rows + 5_000) / ROWS_PER_SCALE;
    return new LineItems(new LineItemGenerator(scale, part + 1, parts).iterator());
  }

  @Override
  public void next(ColumnBatch into) {
    LineItem item = items.next();
    into.set(0, item.getOrderKey());
    into.set(1, item.getPartKey());
    into.set(2, item.getSupplierKey());
    into.set(3, item.getLineNumber());
    into.set(4, item.getQuantity() * 100);
    into.set(5, item.getExtendedPriceInCents());
    into.set(6, item.getDiscountPercent());
    into.set(7, item.getTaxPercent());
    into.set(8, item.getReturnFlag());
    into.set(9, item.getStatus());
    into.set(10, item.getShipDate());
    into.set(11, item.getCommitDate());
    into.set(12, item.getReceiptDate());
    into.set(13, item.getShipInstructions());
    into.set(14, item.getShipMode());
    into.set(15, item.getComment());
  }
}
