package io.tidemark.batch.internal.columnar;

import io.tidemark.catalog.InvalidRequestException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The rows of one partition: a batch of vectors, and the file that batches go to. */
final class OpenPartition {

  private static final int BATCH_ROWS = 1_000;

  /** A batch of large values goes to its pages earlier, and its vectors are not kept. */
  private static final long LARGE_BATCH = 4 << 20;

  /** No vector can have many times as much. */
  private static final long LARGEST_BATCH = 512 << 20;

  /** A smaller one costs more in the footer and in readers than another file does. */
  private static final long SMALLEST_ROW_GROUP = 128 << 10;

  /** What a file takes beside its pages: streams, statistics, the footer in the making. */
  private static final long FILE_OVERHEAD = 64 << 10;

  private final FileShape shape;
  private final OutputFileFactory names;
  private final StructLike partition;
  private final MemoryBudget budget;
  private final BatchWriting writing;
  private final List<DataFile> done;
  private final int slice;

  private ColumnVector @Nullable [] batch;
  private @Nullable ColumnarFile file;
  private int rows;
  private int nextCheck = 1;
  private long uncounted;
  private long mostUncounted;
  private long buffered;
  private long held;

  /**
   * @param writing takes batches to the file
   * @param done where files go that are whole
   */
  OpenPartition(
      FileShape shape,
      OutputFileFactory names,
      StructLike partition,
      MemoryBudget budget,
      BatchWriting writing,
      List<DataFile> done) {
    this.shape = shape;
    this.names = names;
    this.partition = partition;
    this.budget = budget;
    this.writing = writing;
    this.done = done;
    this.slice = shape.properties().slice();
    budget.open();
  }

  /** Takes the current row of a source. */
  void append(RowReader row) {
    if (batch == null) {
      batch = newBatch();
    }
    ColumnVector[] vectors = batch;
    for (int i = 0; i < vectors.length; i++) {
      row.read(i, vectors[i]);
    }
    rows++;
    uncounted += row.bytes();
    if (rows >= nextCheck || uncounted >= mostUncounted) {
      check();
    }
  }

  /** Returns how many bytes of memory the partition holds. */
  long held() {
    return held;
  }

  /** Frees what can be freed: by a row group or, where that would be tiny, by ending the file. */
  void relieve() {
    if (held - FILE_OVERHEAD >= SMALLEST_ROW_GROUP) {
      flush();
      batch = null;
      if (file != null) {
        file.endRowGroup();
      }
      measure();
      account();
    } else {
      finish();
    }
  }

  /** Ends the file, if there is one. */
  void finish() {
    flush();
    batch = null;
    endFile();
    account();
  }

  /** Lets go of the file that is not whole; returns where it is, or null. */
  @Nullable String abandon() {
    if (file == null) {
      return null;
    }
    file.abandon();
    return file.location();
  }

  private void check() {
    if (rows % slice == 0) {
      flushIfFull();
    }
    if (batchBytes() > LARGEST_BATCH) {
      relieve();
    }
    account();
    mostUncounted = budget.uncounted();
    long perRow = 1 + batchBytes() / (rows + 1);
    int step = (int) Math.min(Math.max(mostUncounted / perRow, 1), slice);
    nextCheck = Math.min(rows + step, (rows / slice + 1) * slice);
  }

  private void flushIfFull() {
    if (batchBytes() > LARGE_BATCH) {
      flush();
      batch = null;
    } else if (rows >= BATCH_ROWS && batch != null) {
      writing.await();
      batch = writing.write(fileOf(batch), batch);
      begin();
    }
  }

  /**
   * Writes the batch, and waits for it. Where it is no whole number of slices, the row group has to
   * end with it.
   */
  private void flush() {
    writing.await();
    if (rows > 0 && batch != null) {
      writing.writeNow(fileOf(batch), batch);
      begin();
    }
  }

  /**
   * Returns the file that a batch goes to: another one, where that of the last is long enough. No
   * batch may be being written.
   */
  private ColumnarFile fileOf(ColumnVector[] next) {
    refuseMissing(next);
    if (file != null && file.length() >= shape.properties().targetFileSize()) {
      endFile();
    }
    if (file == null) {
      file = new ColumnarFile(shape, newFile(), partition, budget);
    }
    measure();
    return file;
  }

  /** Begins another batch. */
  private void begin() {
    if (writing.isIdle()) {
      measure();
    }
    rows = 0;
    nextCheck = 1;
  }

  private void endFile() {
    if (file != null) {
      done.add(file.finish());
      file = null;
    }
    measure();
  }

  private EncryptedOutputFile newFile() {
    return shape.spec().isPartitioned()
        ? names.newOutputFile(shape.spec(), partition)
        : names.newOutputFile();
  }

  private void refuseMissing(ColumnVector[] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      Types.NestedField column = shape.columns().get(i);
      if (column.isRequired() && vectors[i].hasNulls()) {
        throw new InvalidRequestException(
            "Cannot write rows: column %s is required and has nulls".formatted(column.name()));
      }
    }
  }

  /** Looks at the file, which nobody may do while a batch is written to it. */
  private void measure() {
    buffered = file == null ? 0 : file.buffered() + FILE_OVERHEAD;
  }

  private void account() {
    long holds = batchBytes() + buffered;
    budget.change(holds - held);
    held = holds;
    uncounted = 0;
  }

  private long batchBytes() {
    long bytes = 0;
    if (batch != null) {
      for (ColumnVector vector : batch) {
        bytes += vector.bytes();
      }
    }
    return bytes;
  }

  private ColumnVector[] newBatch() {
    return shape.columns().stream()
        .map(column -> ColumnVector.of(column.type()))
        .toArray(ColumnVector[]::new);
  }
}
