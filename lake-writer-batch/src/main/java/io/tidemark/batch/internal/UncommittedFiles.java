package io.tidemark.batch.internal;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data files, before they are committed. */
public final class UncommittedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UncommittedFiles.class);

  private UncommittedFiles() {}

  /** Deletes files that are in no commit for certain; what cannot be deleted is an orphan. */
  public static void delete(FileIO io, List<DataFile> files) {
    deleteAt(io, files.stream().map(DataFile::location).toList());
  }

  /** Deletes the files at some locations likewise. */
  public static void deleteAt(FileIO io, Iterable<String> locations) {
    Tasks.foreach(locations)
        .noRetry()
        .suppressFailureWhenFinished()
        .onFailure((file, e) -> LOG.warn("Cannot delete {}, an orphan now", file, e))
        .run(io::deleteFile);
  }
}
