package io.tidemark.catalog.ledger;

import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The ledger's columns, and its rows as records. Partitioned by table, one file for each. */
final class LedgerTable {

  private static final Types.DecimalType TOTAL =
      Types.DecimalType.of(LedgerRow.PRECISION, LedgerRow.SCALE);
  private static final Types.TimestampType INSTANT = Types.TimestampType.withZone();

  static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "table_name", Types.StringType.get()),
          Types.NestedField.required(2, "window_lo", INSTANT),
          Types.NestedField.required(3, "window_hi", INSTANT),
          Types.NestedField.required(4, "version", Types.IntegerType.get()),
          Types.NestedField.required(5, "measure", Types.StringType.get()),
          Types.NestedField.required(6, "state", Types.StringType.get()),
          Types.NestedField.optional(7, "run_id", Types.StringType.get()),
          Types.NestedField.optional(8, "snapshot_id", Types.LongType.get()),
          Types.NestedField.optional(9, "sealed_at", INSTANT),
          Types.NestedField.optional(10, "cut", Types.StringType.get()),
          Types.NestedField.optional(11, "stream_value", TOTAL),
          Types.NestedField.optional(12, "batch_value", TOTAL),
          Types.NestedField.optional(13, "drift", TOTAL));

  private final String name;

  /**
   * @param name the name of the unified table whose rows are read and written
   */
  LedgerTable(String name) {
    this.name = name;
  }

  static Table loadOrCreate(Catalog catalog, TableIdentifier identifier) {
    if (!catalog.tableExists(identifier)) {
      try {
        return catalog
            .buildTable(identifier, SCHEMA)
            .withPartitionSpec(PartitionSpec.builderFor(SCHEMA).identity("table_name").build())
            .withProperty(TableProperties.FORMAT_VERSION, "2")
            .withProperty(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true")
            .create();
      } catch (AlreadyExistsException e) {
        return catalog.loadTable(identifier);
      }
    }
    return catalog.loadTable(identifier);
  }

  /** Returns the filter of the unified table's rows. */
  Expression filter() {
    return Expressions.equal("table_name", name);
  }

  /** Reads the unified table's rows. */
  List<LedgerRow> read(Table ledger) {
    List<LedgerRow> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(ledger).where(filter()).build()) {
      records.forEach(record -> rows.add(row(record)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** Writes all rows of the unified table as one file; none where there is no row. */
  List<DataFile> write(Table ledger, Collection<LedgerRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    PartitionKey partition = new PartitionKey(ledger.spec(), ledger.schema());
    partition.set(0, name);
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(ledger)
            .dataFileFormat(FileFormat.PARQUET)
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(ledger, 0, 0)
                    .format(FileFormat.PARQUET)
                    .build()
                    .newOutputFile(partition),
                ledger.spec(),
                partition);
    try (writer) {
      rows.forEach(row -> writer.write(record(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(writer.toDataFile());
  }

  private Record record(LedgerRow row) {
    GenericRecord record = GenericRecord.create(SCHEMA);
    record.setField("table_name", name);
    record.setField("window_lo", time(row.key().window().lo()));
    record.setField("window_hi", time(row.key().window().hi()));
    record.setField("version", row.key().version());
    record.setField("measure", row.key().measure());
    record.setField("state", row.state().name().toLowerCase(Locale.ROOT));
    LedgerRow.SealedBy seal = row.seal();
    if (seal != null) {
      record.setField("run_id", seal.runId());
      record.setField("snapshot_id", seal.snapshotId());
      record.setField("sealed_at", time(seal.at()));
      record.setField("cut", seal.cut());
    }
    record.setField("stream_value", row.before());
    record.setField("batch_value", row.after());
    record.setField("drift", row.drift());
    return record;
  }

  private static LedgerRow row(Record record) {
    Window window = new Window(instant(record, "window_lo"), instant(record, "window_hi"));
    return new LedgerRow(
        new LedgerRow.Key(
            window, (Integer) record.getField("version"), (String) record.getField("measure")),
        LedgerRow.State.valueOf(((String) record.getField("state")).toUpperCase(Locale.ROOT)),
        sealedBy(record),
        (BigDecimal) record.getField("stream_value"),
        (BigDecimal) record.getField("batch_value"),
        (BigDecimal) record.getField("drift"));
  }

  private static LedgerRow.@Nullable SealedBy sealedBy(Record record) {
    return record.getField("snapshot_id") == null
        ? null
        : new LedgerRow.SealedBy(
            (String) record.getField("run_id"),
            (Long) record.getField("snapshot_id"),
            instant(record, "sealed_at"),
            (String) record.getField("cut"));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Record record, String column) {
    return ((OffsetDateTime) record.getField(column)).toInstant();
  }
}
