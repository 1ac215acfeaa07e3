package io.tidemark.batch.internal.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.TypeUtil;
import org.roaringbitmap.RoaringBitmap;

/** Writes what stays of data files that go, each into a file of the same partition. */
final class SurvivingRows {

  private final Table table;
  private final OutputFileFactory outputs;
  private final GenericFileWriterFactory writers;
  private final Schema projection;
  private final List<DataFile> written = new ArrayList<>();

  /**
   * @param operation what the names of the files have in common
   */
  SurvivingRows(Table table, String operation) {
    this.table = table;
    this.outputs =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .suffix("rows")
            .build();
    this.writers =
        new GenericFileWriterFactory.Builder(table).dataFileFormat(FileFormat.PARQUET).build();
    this.projection = TypeUtil.join(table.schema(), new Schema(MetadataColumns.ROW_POSITION));
  }

  List<DataFile> written() {
    return written;
  }

  void write(Positions of) {
    DataFile file = of.task().file();
    PartitionSpec spec = table.specs().get(file.specId());
    RoaringBitmap gone = of.all();
    DataWriter<Record> writer =
        writers.newDataWriter(
            outputs.newOutputFile(spec, file.partition()), spec, file.partition());
    try (writer;
        CloseableIterable<Record> rows =
            FileRows.open(table, file, projection, FileRows.constants(of.task()))) {
      for (Record row : rows) {
        long position = row.get(projection.columns().size() - 1, Long.class);
        if (!gone.contains(Math.toIntExact(position))) {
          writer.write(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written.add(writer.toDataFile());
  }
}
