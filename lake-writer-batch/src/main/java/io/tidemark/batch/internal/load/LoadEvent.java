package io.tidemark.batch.internal.load;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.apache.iceberg.DataFile;

/** What the reader of a range has to say. */
sealed interface LoadEvent extends Serializable {

  /** Returns the place of the table in the job. */
  int table();

  /**
   * It reads.
   *
   * @param rows how many more rows it has read
   */
  record Progress(int table, long rows) implements LoadEvent {}

  /**
   * It has read its range, or taken over what an attempt before had read.
   *
   * @param attempt the attempt the range belongs to
   * @param part the range
   * @param parts how many ranges the table has
   * @param rows how many rows there were
   * @param nulls how many values had no place in their column and became null
   * @param counted the columns of which parity could only count the values
   * @param files the files of these rows
   * @param keeper who keeps the files where the attempt fails
   */
  record Loaded(
      int table,
      int attempt,
      int part,
      int parts,
      long rows,
      long nulls,
      Set<String> counted,
      List<DataFile> files,
      Keeper keeper)
      implements LoadEvent {}

  /** Who keeps the files of a range where its attempt fails. */
  enum Keeper {
    /** Nobody does, they are to be deleted. */
    NOBODY,
    /** The journal does. */
    JOURNAL,
    /** The journal does, and an attempt before wrote them. */
    JOURNAL_OF_BEFORE
  }

  /**
   * It cannot read its range.
   *
   * @param attempt the attempt the range belongs to
   * @param failure why
   */
  record Failed(int table, int attempt, Failure failure) implements LoadEvent {}

  /** Returns an event's bytes: data files are known to Java's serialization only. */
  static byte[] toBytes(LoadEvent event) {
    try {
      return InstantiationUtil.serializeObject(event);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot hand on " + event, e);
    }
  }

  /** Returns the event that bytes tell of. */
  static LoadEvent fromBytes(byte[] bytes) throws IOException {
    try {
      return InstantiationUtil.deserializeObject(bytes, LoadEvent.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot read what a reader handed on", e);
    }
  }
}
