package io.tidemark.catalog.ledger;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.internal.TableCreation;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
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
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** The run history's columns, and its rows as records. One file holds all of them. */
final class RunsTable {

  static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "table_name", Types.StringType.get()),
          Types.NestedField.required(2, "run_id", Types.StringType.get()),
          Types.NestedField.optional(3, "source", Types.StringType.get()),
          Types.NestedField.required(4, "mode", Types.StringType.get()),
          Types.NestedField.required(5, "begun_at", Types.TimestampType.withZone()),
          Types.NestedField.required(6, "ended_at", Types.TimestampType.withZone()),
          Types.NestedField.required(7, "outcome", Types.StringType.get()),
          Types.NestedField.required(8, "row_count", Types.LongType.get()),
          Types.NestedField.required(9, "file_count", Types.IntegerType.get()),
          Types.NestedField.optional(10, "snapshot_id", Types.LongType.get()),
          Types.NestedField.optional(11, "message", Types.StringType.get()));

  private RunsTable() {}

  static Table loadOrCreate(Catalog catalog, TableIdentifier identifier) {
    if (!catalog.tableExists(identifier)) {
      new TableCreation(catalog).createNamespace(identifier);
      try {
        return catalog
            .buildTable(identifier, SCHEMA)
            .withProperty(TableProperties.FORMAT_VERSION, "2")
            .withProperty(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true")
            .create();
      } catch (AlreadyExistsException e) {
        return catalog.loadTable(identifier);
      }
    }
    return catalog.loadTable(identifier);
  }

  /**
   * Reads a table's rows.
   *
   * @throws InvalidRequestException if it is somebody else's table of the same name
   */
  static List<PastRun> read(Table table) {
    check(table);
    List<PastRun> runs = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(record -> runs.add(run(record)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return runs;
  }

  private static void check(Table table) {
    for (Types.NestedField column : SCHEMA.columns()) {
      Types.NestedField there = table.schema().findField(column.name());
      if (there == null || !there.type().equals(column.type())) {
        throw new InvalidRequestException(
            "Cannot read the run history %s: it is another table, without column %s. Rename it, and runs are recorded again"
                .formatted(table.name(), column.name()));
      }
    }
  }

  static DataFile write(Table table, Collection<PastRun> runs) {
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(table, 0, 0)
                    .format(FileFormat.PARQUET)
                    .build()
                    .newOutputFile(),
                table.spec(),
                null);
    try (writer) {
      runs.forEach(run -> writer.write(record(run)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  private static Record record(PastRun run) {
    GenericRecord record = GenericRecord.create(SCHEMA);
    record.setField("table_name", run.table());
    record.setField("run_id", run.runId());
    record.setField("source", run.source());
    record.setField("mode", run.mode());
    record.setField("begun_at", time(run.begun()));
    record.setField("ended_at", time(run.ended()));
    record.setField("outcome", run.outcome().name().toLowerCase(Locale.ROOT));
    record.setField("row_count", run.rows());
    record.setField("file_count", run.files());
    record.setField("snapshot_id", run.snapshotId());
    record.setField("message", run.message());
    return record;
  }

  private static PastRun run(Record record) {
    return new PastRun(
        (String) record.getField("table_name"),
        (String) record.getField("run_id"),
        (String) record.getField("source"),
        (String) record.getField("mode"),
        instant(record, "begun_at"),
        instant(record, "ended_at"),
        Outcome.valueOf(((String) record.getField("outcome")).toUpperCase(Locale.ROOT)),
        (Long) record.getField("row_count"),
        (Integer) record.getField("file_count"),
        (Long) record.getField("snapshot_id"),
        (String) record.getField("message"));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Record record, String column) {
    return ((OffsetDateTime) record.getField(column)).toInstant();
  }
}
