package io.tidemark.catalog.simulation;

import io.tidemark.catalog.contract.TableContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * The data files of a world. They have no bytes: Iceberg gets their metrics and partitions, and
 * what rows they hold is known here.
 */
final class DataPool {

  private final Schedule schedule;
  private final SimulatedFiles files;
  private final TableContract contract;
  private final Map<String, List<Row>> rows = new HashMap<>();

  DataPool(Schedule schedule, SimulatedFiles files, TableContract contract) {
    this.schedule = schedule;
    this.files = files;
    this.contract = contract;
  }

  /** Returns what a file holds. */
  List<Row> rows(String path) {
    List<Row> found = rows.get(path);
    if (found == null) {
      throw new AssertionError("Nobody wrote data file " + path);
    }
    return found;
  }

  /** Returns rows by the cell they belong to. */
  SortedMap<Cell, List<Row>> byCell(Collection<Row> of) {
    SortedMap<Cell, List<Row>> cells = new TreeMap<>();
    of.forEach(row -> cells.computeIfAbsent(cell(row), c -> new ArrayList<>()).add(row));
    return cells;
  }

  Cell cell(Row row) {
    return new Cell(row.window(), bucket(row.key()));
  }

  private int bucket(long key) {
    return contract.buckets() == 1
        ? 0
        : Transforms.bucket(contract.buckets()).bind(Types.LongType.get()).apply(key);
  }

  /** Writes rows of the unified table, a file for each partition. */
  List<DataFile> write(Table table, Collection<Row> of) {
    Map<PartitionKey, List<Row>> partitions = new HashMap<>();
    List<PartitionKey> order = new ArrayList<>();
    for (Row row : of) {
      PartitionKey key = partition(table, row);
      if (!partitions.containsKey(key)) {
        order.add(key);
      }
      partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    return order.stream().map(key -> write(table, key, partitions.get(key))).toList();
  }

  private DataFile write(Table table, PartitionKey partition, List<Row> of) {
    return DataFiles.builder(table.spec())
        .withPath(create(table, of))
        .withFileSizeInBytes(100)
        .withMetrics(metrics(table, of))
        .withPartition(partition)
        .build();
  }

  /** Writes rows of a side table. */
  DataFile writeBeside(Table side, List<Row> of) {
    return DataFiles.builder(side.spec())
        .withPath(create(side, of))
        .withFileSizeInBytes(100)
        .withRecordCount(of.size())
        .build();
  }

  /** Two forks of a stream go by one name: a path is chosen and taken in one step. */
  private String create(Table table, List<Row> of) {
    schedule.step("writes " + of.stream().map(Row::name).toList());
    String path =
        "%s/data/%s-%d.parquet".formatted(table.location(), schedule.self().name(), rows.size());
    files.addFile(path, new byte[0]);
    rows.put(path, List.copyOf(of));
    return path;
  }

  private Metrics metrics(Table table, List<Row> of) {
    int period = table.schema().findField(contract.period().column()).fieldId();
    long count = of.size();
    return new Metrics(
        count,
        Map.of(),
        Map.of(period, count),
        Map.of(period, 0L),
        Map.of(),
        bound(period, of.stream().mapToLong(Row::period).min().orElseThrow()),
        bound(period, of.stream().mapToLong(Row::period).max().orElseThrow()));
  }

  private Map<Integer, ByteBuffer> bound(int field, long micros) {
    return Map.of(field, Conversions.toByteBuffer(contract.period().type(), micros));
  }

  private PartitionKey partition(Table table, Row row) {
    GenericRecord values = GenericRecord.create(table.schema());
    values.setField(contract.period().column(), row.period());
    values.setField(contract.bucketKey(), row.key());
    if (contract.businessDate() != null) {
      long date = contract.businessDateOf(row.window(), row.period()).toEpochDay();
      values.setField(contract.businessDate(), (int) date);
    }
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    key.partition(values);
    return key;
  }
}
