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
 * of no use any more are handed back, to be deleted.
 */
final class Gathering {

  private final Instant begun;
  private final List<DataFile> files = new ArrayList<>();
  private final Set<String> counted = new TreeSet<>();
  private int attempt;
  private int parts;
  private long nulls;
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

  @Nullable Failure failure() {
    return failure;
  }

  /** Adds a part and tells which files are of no use. */
  List<DataFile> add(LoadEvent.Loaded part) {
    if (part.attempt() < attempt) {
      return part.files();
    }
    List<DataFile> useless = begin(part.attempt());
    if (failure != null) {
      useless.addAll(part.files());
    } else {
      files.addAll(part.files());
      parts++;
      nulls += part.nulls();
      counted.addAll(part.counted());
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

  boolean isWhole(int ofParts) {
    return failure == null && parts == ofParts;
  }

  /** Lets go of the files, which stay. */
  void keep() {
    files.clear();
  }

  /** Lets go of the files and returns them. */
  List<DataFile> letGo() {
    List<DataFile> all = List.copyOf(files);
    files.clear();
    return all;
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
      failure = null;
    }
    return useless;
  }
}
