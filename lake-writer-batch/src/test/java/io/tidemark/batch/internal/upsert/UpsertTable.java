package io.tidemark.batch.internal.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** Rows of a table to upsert into, their files, and what Iceberg's reader finds there. */
final class UpsertTable {

  static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.required(2, "region", Types.StringType.get()),
          Types.NestedField.optional(3, "day", Types.IntegerType.get()),
          Types.NestedField.optional(4, "value", Types.StringType.get()));

  private UpsertTable() {}

  /** Returns rows of ids that follow each other, all of one region and one day. */
  static List<Record> rows(int from, int count) {
    List<Record> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      rows.add(row(i, "r", 1, i));
    }
    return rows;
  }

  static Record row(long id, String region, int day, int value) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("id", id);
    row.setField("region", region);
    row.setField("day", day);
    row.setField("value", "v" + value);
    return row;
  }

  /** Writes rows to files of their partitions, which the table does not have yet. */
  static List<DataFile> write(Table table, List<Record> rows) {
    Map<String, List<Record>> partitions = new HashMap<>();
    PartitionKey partition = new PartitionKey(table.spec(), SCHEMA);
    InternalRecordWrapper wrapper = new InternalRecordWrapper(SCHEMA.asStruct());
    for (Record row : rows) {
      partition.partition(wrapper.wrap(row));
      partitions.computeIfAbsent(partition.toPath(), path -> new ArrayList<>()).add(row);
    }
    OutputFileFactory outputs =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PARQUET).build();
    List<DataFile> files = new ArrayList<>();
    partitions.values().forEach(part -> files.add(write(table, outputs, wrapper, part)));
    return files;
  }

  private static DataFile write(
      Table table, OutputFileFactory outputs, InternalRecordWrapper wrapper, List<Record> rows) {
    PartitionKey partition = new PartitionKey(table.spec(), SCHEMA);
    partition.partition(wrapper.wrap(rows.get(0)));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .build()
            .newDataWriter(outputs.newOutputFile(partition), table.spec(), partition);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  /** Puts new files in place of all that the table has. */
  static void compact(Table table) {
    table.refresh();
    if (table.currentSnapshot() == null) {
      return;
    }
    List<Record> rows = records(table);
    RewriteFiles rewrite =
        table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      Set<String> gone = new HashSet<>();
      tasks.forEach(
          task -> {
            rewrite.deleteFile(task.file());
            task.deletes().stream()
                .filter(f -> gone.add(f.location() + f.contentOffset()))
                .forEach(rewrite::deleteFile);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(table, rows).forEach(rewrite::addFile);
    rewrite.commit();
  }

  private static List<Record> records(Table table) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(row -> rows.add(row.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static List<String> read(Table table) {
    table.refresh();
    return texts(records(table));
  }

  /** Where there are deletes, the reader leaves the position behind the columns. */
  static List<String> texts(Iterable<Record> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach(
        row -> texts.add("%s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3))));
    return texts;
  }

  static List<Integer> deleteFilesPerDataFile(Table table) {
    List<Integer> deletes = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> deletes.add(task.deletes().size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deletes;
  }

  static String equalityDeletes(Table table) {
    return table.currentSnapshot().summary().get("total-equality-deletes");
  }
}
