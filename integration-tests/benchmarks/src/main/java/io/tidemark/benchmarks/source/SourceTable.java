package io.tidemark.benchmarks.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** A table that is loaded: its columns, its rows, and by what it may be split and partitioned. */
public enum SourceTable {
  LINEITEM(LineItems.COLUMNS, "l_orderkey, l_linenumber", "l_orderkey", "month(l_shipdate)") {
    @Override
    RowSource source(long rows, int part) {
      return LineItems.of(rows, part, PARTS);
    }
  },
  ORDER_EVENTS(OrderEvents.COLUMNS, "event_id", "event_id", "day(created_at)") {
    @Override
    RowSource source(long rows, int part) {
      return new OrderEvents(part * (rows / PARTS), part);
    }
  };

  /** The shares that a table's rows are generated in. */
  public static final int PARTS = 2;

  private final List<Column> columns;
  private final String primaryKey;
  private final String splitColumn;
  private final String partition;

  SourceTable(List<Column> columns, String primaryKey, String splitColumn, String partition) {
    this.columns = columns;
    this.primaryKey = primaryKey;
    this.splitColumn = splitColumn;
    this.partition = partition;
  }

  abstract RowSource source(long rows, int part);

  /**
   * Generates a share of the rows.
   *
   * @param rows how many rows the whole table has
   * @param part which share, below {@link #PARTS}; one after the other they are the whole table
   */
  public RowStream rows(long rows, int part, int batchRows) {
    long share = rows / PARTS + (part == PARTS - 1 ? rows % PARTS : 0);
    return new RowStream(columns, source(rows, part), share, batchRows);
  }

  /** Its name in PostgreSQL, and in Iceberg. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<Column> columns() {
    return columns;
  }

  public String primaryKey() {
    return primaryKey;
  }

  /** The number that the general JDBC readers split by: dense, even, and first in the key. */
  public String splitColumn() {
    return splitColumn;
  }

  /** The partition transform of the partitioned table, for instance {@code day(created_at)}. */
  public String partition() {
    return partition;
  }

  public Schema schema() {
    List<NestedField> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(NestedField.optional(fields.size() + 1, column.name(), column.icebergType()));
    }
    return new Schema(fields);
  }

  public PartitionSpec spec(boolean partitioned) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema());
    if (partitioned) {
      String column = partition.substring(partition.indexOf('(') + 1, partition.indexOf(')'));
      spec = partition.startsWith("day") ? spec.day(column) : spec.month(column);
    }
    return spec.build();
  }
}
