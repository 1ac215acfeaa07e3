package io.tidemark.batch.internal.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Writes which rows of data files are gone: in format version 3 a deletion vector for each, before
 * that a position delete file for each. It takes the place of the one that there was, so that a
 * data file never has more than one of ours.
 */
final class PositionDeletes {

  /** The first format version with deletion vectors, which then are the only way. */
  static final int VECTORS = 3;

  private final Table table;
  private final String operation;
  private final List<DeleteFile> written = new ArrayList<>();
  private final List<DeleteFile> superseded = new ArrayList<>();

  /**
   * @param operation what the names of the files have in common
   */
  PositionDeletes(Table table, String operation) {
    this.table = table;
    this.operation = operation;
  }

  List<DeleteFile> written() {
    return written;
  }

  List<DeleteFile> superseded() {
    return superseded;
  }

  void write(List<Positions> files) {
    try {
      if (files.isEmpty()) {
        return;
      }
      if (TableUtil.formatVersion(table) >= VECTORS) {
        writeVectors(files);
      } else {
        writeFiles(files);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeVectors(List<Positions> files) throws IOException {
    DVFileWriter writer = new BaseDVFileWriter(factory(FileFormat.PUFFIN), path -> null);
    try (writer) {
      for (Positions of : files) {
        DataFile file = of.task().file();
        of.all().stream()
            .forEach(p -> writer.delete(file.location(), p, spec(file), file.partition()));
        superseded.addAll(of.ownDeletes());
      }
    }
    add(writer.result());
  }

  /** What concerns other data files as well stays, so that it need not be said again. */
  private void writeFiles(List<Positions> files) throws IOException {
    GenericFileWriterFactory writers =
        new GenericFileWriterFactory.Builder(table).deleteFileFormat(FileFormat.PARQUET).build();
    OutputFileFactory outputs = factory(FileFormat.PARQUET);
    for (Positions of : files) {
      DataFile file = of.task().file();
      PositionDeleteWriter<Record> writer =
          writers.newPositionDeleteWriter(
              outputs.newOutputFile(spec(file), file.partition()), spec(file), file.partition());
      PositionDelete<Record> delete = PositionDelete.create();
      try (writer) {
        of.all().stream().forEach(position -> writer.write(delete.set(file.location(), position)));
      }
      superseded.addAll(of.ownDeletes());
      add(writer.result());
    }
  }

  private void add(DeleteWriteResult result) {
    written.addAll(result.deleteFiles());
  }

  private PartitionSpec spec(DataFile file) {
    return table.specs().get(file.specId());
  }

  private OutputFileFactory factory(FileFormat format) {
    return OutputFileFactory.builderFor(table, 0, 0)
        .format(format)
        .operationId(operation)
        .suffix("deletes")
        .build();
  }
}
