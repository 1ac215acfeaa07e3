package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data file while it is written, batch by batch. */
final class ColumnarFile {

  private static final Logger LOG = LoggerFactory.getLogger(ColumnarFile.class);

  private final FileShape shape;
  private final EncryptedOutputFile file;
  private final FileTarget target;
  private final StructLike partition;
  private final MemoryBudget budget;
  private final @Nullable NanMetrics[] nans;
  private @Nullable ParquetFileWriter writer;
  private @Nullable RowGroup group;
  private int groups;

  ColumnarFile(
      FileShape shape, EncryptedOutputFile file, StructLike partition, MemoryBudget budget) {
    this.shape = shape;
    this.file = file;
    this.target = new FileTarget(file);
    this.partition = partition;
    this.budget = budget;
    this.nans =
        shape.columns().stream()
            .map(column -> NanMetrics.cover(column.type()) ? new NanMetrics(column) : null)
            .toArray(NanMetrics[]::new);
  }

  String location() {
    return target.location();
  }

  /** Takes a batch, and ends the row group where it is large enough. */
  void write(ColumnVector[] batch) {
    if (group == null) {
      ParquetProperties properties = shape.parquet(batch, budget.ofPages());
      group = new RowGroup(shape, properties, writer().getEncryptor(), groups++);
    }
    try {
      group.write(batch);
    } catch (IOException e) {
      throw failure("write", e);
    }
    for (int i = 0; i < nans.length; i++) {
      if (nans[i] != null) {
        nans[i].add(batch[i]);
      }
    }
    if (group.length() >= shape.properties().rowGroupSize()) {
      endRowGroup();
    }
  }

  /** Moves what is buffered to the file. The next batch begins a new row group. */
  void endRowGroup() {
    if (group != null) {
      try {
        group.flushTo(writer());
        group = null;
      } catch (IOException e) {
        throw failure("write", e);
      }
    }
  }

  /** Returns about how long the file is with what is buffered. */
  long length() {
    try {
      return writer().getPos() + (group == null ? 0 : group.length());
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Returns how many bytes of memory are buffered. */
  long buffered() {
    return group == null ? 0 : group.bytes();
  }

  /** Ends the file. */
  DataFile finish() {
    endRowGroup();
    try {
      writer().end(shape.footer());
      return dataFile(writer().getFooter(), writer().getPos());
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Lets go of the file as it is. */
  void abandon() {
    try {
      target.close();
    } catch (IOException e) {
      LOG.debug("Cannot close {}, which is abandoned", location(), e);
    }
  }

  private ParquetFileWriter writer() {
    if (writer == null) {
      writer = start();
    }
    return writer;
  }

  private ParquetFileWriter start() {
    try {
      ParquetFileWriter started =
          new ParquetFileWriter(
              target,
              shape.type(),
              ParquetFileWriter.Mode.CREATE,
              shape.properties().rowGroupSize(),
              0,
              ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
              ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
              ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED,
              target.encryption());
      started.start();
      return started;
    } catch (IOException e) {
      throw failure("create", e);
    }
  }

  private DataFile dataFile(ParquetMetadata footer, long length) {
    Stream<FieldMetrics<?>> nanMetrics =
        Arrays.stream(nans).filter(Objects::nonNull).map(NanMetrics::toFieldMetrics);
    return DataFiles.builder(shape.spec())
        .withFormat(FileFormat.PARQUET)
        .withPath(location())
        .withPartition(partition)
        .withEncryptionKeyMetadata(
            EncryptionUtil.setFileLength(file.keyMetadata().buffer(), length))
        .withFileSizeInBytes(length)
        .withMetrics(ParquetUtil.footerMetrics(footer, nanMetrics, shape.metrics()))
        .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
        .withSortOrder(SortOrder.unsorted())
        .build();
  }

  private UncheckedIOException failure(String verb, IOException e) {
    return new UncheckedIOException(
        "Cannot %s data file %s: %s".formatted(verb, location(), e.getMessage()), e);
  }
}
