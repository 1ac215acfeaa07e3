package io.tidemark.batch.internal.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * What has come of one table: the parts of its newest attempt, or why that failed. Files that are
 * of no use any more are handed back, to be deleted, but for those that a journal keeps.
 */
final class Gathering {

  private final Instant begun;
  private final List<DataFile> files = new ArrayList<>();
  private final Set<String> counted = new TreeSet<>();
  private final List<DataFile> unkept = new ArrayList<>();
  private int attempt;
  private int parts;
  private long nulls;
  private long rowsTakenOver;
  private @Nullable Failure failure;

  Gathering(Instant begun) {
    this.begun = begun;
  }

  Instant begun() {
    return begun;
  }

  List<DataFile> files() {
    return files;
  }

  /** Returns how many values became null as they had no place in their column. */
  long nulls() {
    return nulls;
  }

  /** Returns the columns of which parity could only count the values. */
  List<String> counted() {
    return List.copyOf(counted);
  }

  /** Returns how many rows an attempt before had read. */
  long rowsTakenOver() {
    return rowsTakenOver;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** Adds a part and tells which files are of no use. */
  List<DataFile> add(LoadEvent.Loaded part) {
    List<DataFile> without = part.keeper() == LoadEvent.Keeper.NOBODY ? part.files() : List.of();
    if (part.attempt() < attempt) {
      return without;
    }
    List<DataFile> useless = begin(part.attempt());
    if (failure != null) {
      useless.addAll(without);
    } else {
      files.addAll(part.files());
      unkept.addAll(without);
      parts++;
      nulls += part.nulls();
      counted.addAll(part.counted());
      rowsTakenOver += part.keeper() == LoadEvent.Keeper.JOURNAL_OF_BEFORE ? part.rows() : 0;
    }
    return useless;
  }

  /** Takes note that an attempt failed and tells which files are of no use. */
  List<DataFile> fail(int failed, Failure cause) {
    if (failed < attempt) {
      return List.of();
    }
    List<DataFile> useless = begin(failed);
    useless.addAll(letGo());
    failure = failure == null ? cause : failure;
    return useless;
  }

  /** Takes note that the table cannot be committed and tells which files are of no use. */
  List<DataFile> fail(Failure cause) {
    return fail(attempt, cause);
  }

  /** Tells whether a part that came was the last one of the newest attempt. */
  boolean isWholeBy(LoadEvent.Loaded part) {
    return failure == null && part.attempt() == attempt && parts == part.parts();
  }

  /** Lets go of the files, which stay. */
  void keep() {
    files.clear();
    unkept.clear();
  }

  /** Lets go of the files and returns those that nobody keeps. */
  List<DataFile> letGo() {
    List<DataFile> gone = List.copyOf(unkept);
    keep();
    return gone;
  }

  /** Whatever an attempt before this one brought is of no use: it saw another snapshot. */
  private List<DataFile> begin(int next) {
    List<DataFile> useless = new ArrayList<>();
    if (next > attempt) {
      useless.addAll(letGo());
      attempt = next;
      parts = 0;
      nulls = 0;
      counted.clear();
      rowsTakenOver = 0;
      failure = null;
    }
    return useless;
  }
}
