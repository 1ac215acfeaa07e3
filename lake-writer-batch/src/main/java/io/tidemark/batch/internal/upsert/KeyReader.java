package io.tidemark.batch.internal.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/**
 * Reads the keys of data files with Iceberg's own reader, whoever wrote them and whatever became of
 * the columns since, in one row object that is used again. For one thread.
 */
final class KeyReader {

  /** Looks at one row. */
  interface Visitor {

    /**
     * @param position where the row is in its file
     * @param hasKey false where a column of its key is null
     */
    void row(long position, boolean hasKey);
  }

  private final Table table;
  private final Key key;
  private final KeyDigest digest;
  private Record row;

  KeyReader(Table table, Key key) {
    this.table = table;
    this.key = key;
    this.digest = new KeyDigest(key);
  }

  /** Returns the bits of the key that is being visited. */
  KeyDigest digest() {
    return digest;
  }

  /** Shows the key that is being visited, for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < key.fields().size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(key.fields().get(i).name())
          .append('=')
          .append(row.get(i));
    }
    return text.toString();
  }

  /**
   * Visits all rows of a file, deleted ones too.
   *
   * @param constants values of partition columns that the file need not have, by field id
   */
  void read(DataFile file, Map<Integer, ?> constants, Visitor visitor) {
    Types.StructType struct = key.projection().asStruct();
    InternalRecordWrapper internal = new InternalRecordWrapper(struct);
    try (CloseableIterable<Record> records =
        FileRows.open(table, file, key.projection(), constants)) {
      for (Record record : records) {
        row = record;
        boolean hasKey = digest.take(internal.wrap(record));
        visitor.row(record.get(key.position(), Long.class), hasKey);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
