package io.tidemark.scenarios;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Writes rows to Parquet files and reads them back, as any engine would. */
final class Rows {

  private Rows() {}

  /** Writes rows in the table's current schema and spec, a file for each partition. */
  static List<DataFile> write(UnifiedTable unified, List<Row> rows) {
    return write(unified, unified.table().spec(), rows);
  }

  /** Writes rows in a spec, a file for each partition. */
  static List<DataFile> write(UnifiedTable unified, PartitionSpec spec, List<Row> rows) {
    Schema schema = unified.table().schema();
    PartitionKey key = new PartitionKey(spec, schema);
    InternalRecordWrapper wrapper = new InternalRecordWrapper(schema.asStruct());
    Map<PartitionKey, List<Record>> partitions = new LinkedHashMap<>();
    for (Row row : rows) {
      Record record = record(unified.contract(), schema, row);
      key.partition(wrapper.wrap(record));
      partitions.computeIfAbsent(key.copy(), k -> new ArrayList<>()).add(record);
    }
    List<DataFile> files = new ArrayList<>();
    partitions.forEach(
        (partition, records) -> files.add(file(unified.table(), schema, spec, partition, records)));
    return files;
  }

  /** Writes a row, and the same row once more without a period, into one file. */
  static List<DataFile> writeWithNullPeriod(UnifiedTable unified, Row row) {
    Table table = unified.table();
    Record record = record(unified.contract(), table.schema(), row);
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(record));
    Schema nullable =
        new Schema(table.schema().columns().stream().map(Types.NestedField::asOptional).toList());
    Record broken = record.copy(unified.contract().period().column(), null);
    return List.of(file(table, nullable, table.spec(), partition, List.of(record, broken)));
  }

  private static DataFile file(
      Table table,
      Schema schema,
      PartitionSpec spec,
      PartitionKey partition,
      List<Record> records) {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    try {
      DataWriter<Record> writer =
          Parquet.writeData(table.io().newOutputFile(location))
              .forTable(table)
              .schema(schema)
              .withSpec(spec)
              .withPartition(partition)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        records.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes rows for the quarantine. */
  static List<DataFile> writeLate(UnifiedTable unified, String commitId, List<Row> rows) {
    Table late = unified.late();
    List<Record> records =
        rows.stream().map(row -> late(unified.contract(), late.schema(), commitId, row)).toList();
    PartitionKey none = new PartitionKey(late.spec(), late.schema());
    return List.of(file(late, late.schema(), late.spec(), none, records));
  }

  private static Record late(TableContract contract, Schema schema, String commitId, Row row) {
    Record record = GenericRecord.create(schema);
    putSource(contract, record, row);
    record.setField("quarantined_at", row.period().atOffset(ZoneOffset.UTC));
    record.setField("reason", "late");
    record.setField("commit_id", commitId);
    return record;
  }

  /** Counts the rows of a table. */
  static long count(Table table) {
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      return StreamSupport.stream(records.spliterator(), false).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all rows of a snapshot, in order. */
  static List<Row> read(UnifiedTable unified, long snapshotId) {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(unified.table())
            .useSnapshot(snapshotId)
            .project(unified.table().schema())
            .build()) {
      records.forEach(record -> rows.add(row(unified.contract(), record)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.stream().sorted().toList();
  }

  private static Record record(TableContract contract, Schema schema, Row row) {
    Record record = GenericRecord.create(schema);
    putSource(contract, record, row);
    record.setField(TableContract.IS_FINAL, row.isFinal());
    if (contract.businessDate() != null) {
      long micros = Window.micros(row.period());
      Window window = contract.window().containing(micros);
      record.setField(contract.businessDate(), contract.businessDateOf(window, micros));
    }
    return record;
  }

  private static void putSource(TableContract contract, Record record, Row row) {
    record.setField(contract.period().column(), timestamp(contract, row.period()));
    record.setField(contract.keys().get(0).name(), row.campaign());
    record.setField(contract.measures().get(0).name(), row.clicks());
    views(contract, views -> record.setField(views, row.views()));
  }

  private static Row row(TableContract contract, Record record) {
    Long[] views = new Long[1];
    views(contract, name -> views[0] = (Long) record.getField(name));
    return new Row(
        instant(record.getField(contract.period().column())),
        (Long) record.getField(contract.keys().get(0).name()),
        (Long) record.getField(contract.measures().get(0).name()),
        views[0],
        (Boolean) record.getField(TableContract.IS_FINAL));
  }

  private static void views(TableContract contract, Consumer<String> ifPresent) {
    List<Measure> measures = contract.measures();
    if (measures.size() > 1) {
      ifPresent.accept(measures.get(1).name());
    }
  }

  private static Object timestamp(TableContract contract, Instant period) {
    OffsetDateTime utc = period.atOffset(ZoneOffset.UTC);
    return contract.period().type().shouldAdjustToUTC() ? utc : utc.toLocalDateTime();
  }

  private static Instant instant(@Nullable Object timestamp) {
    return timestamp instanceof LocalDateTime local
        ? local.toInstant(ZoneOffset.UTC)
        : ((OffsetDateTime) timestamp).toInstant();
  }
}
