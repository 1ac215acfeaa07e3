package io.tidemark.catalog.ledger;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.internal.PastTable;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * What a window held in one snapshot.
 *
 * @param rows how many rows
 * @param totals a total per measure that has one, in the contract's order
 */
record WindowTotals(long rows, List<MeasureTotal> totals) {

  /**
   * Reads the rows of a window.
   *
   * @param snapshotId the snapshot, or null for the table before its first
   */
  static WindowTotals read(
      Table table, TableContract contract, Window window, @Nullable Long snapshotId) {
    List<MeasureTotal> totals = MeasureTotal.of(contract);
    if (snapshotId == null) {
      return new WindowTotals(0, totals);
    }
    if (table.snapshot(snapshotId) == null) {
      throw new InvalidRequestException(
          "Cannot tell the drift of %s in %s: snapshot %d has expired"
              .formatted(contract.window().format(window), table.name(), snapshotId));
    }
    long rows = 0;
    try (CloseableIterable<Record> records = scan(table, contract, window, snapshotId)) {
      for (Record row : records) {
        rows++;
        totals.forEach(total -> total.add(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s of %s".formatted(window, table.name()), e);
    }
    return new WindowTotals(rows, totals);
  }

  private static CloseableIterable<Record> scan(
      Table table, TableContract contract, Window window, long snapshotId) {
    List<String> columns =
        Stream.concat(
                Stream.of(contract.period().column()),
                MeasureTotal.of(contract).stream().map(MeasureTotal::name))
            .toList();
    return IcebergGenerics.read(PastTable.at(table, snapshotId))
        .where(TableLayout.filter(contract, window))
        .select(columns)
        .build();
  }
}
