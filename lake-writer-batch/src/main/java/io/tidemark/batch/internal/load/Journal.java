package io.tidemark.batch.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.LocationUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The splits of a table that a run has done, in files beside the table's, so that the run started
 * again need not do them again. Every attempt says first that it begins, which tells later ones
 * that there may be something to sweep up. Where the store cannot list files there is no journal.
 *
 * @param table the plain table
 * @param run the run, as {@link Fingerprint#ofRun}
 */
record Journal(Table table, String run) {

  static final String BEGUN = ".begun";

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final String ENTRY = ".json";

  static Journal of(Table table, String runId) {
    return new Journal(table, Fingerprint.ofRun(runId));
  }

  /** Returns the folder of all journals of a table. */
  static String folder(Table table) {
    return LocationUtil.stripTrailingSlash(table.location()) + "/tidemark-load/";
  }

  /**
   * Returns what the names of all files have in common that the run writes for the table. Others
   * may have their files in the same folder, by {@code write.data.path}.
   */
  String mark() {
    return "load-%s-%s-".formatted(run, table.uuid());
  }

  /** Returns an operation of the run, which is part of its files' names, for one split. */
  String newOperation() {
    return mark() + UUID.randomUUID();
  }

  /** Takes note that an attempt begins, which has written no file yet. */
  void begin() {
    if (table.io() instanceof SupportsPrefixOperations) {
      put(BEGUN, "");
    }
  }

  /**
   * Takes note of a split, whose files are whole.
   *
   * @return whether the files are the journal's from now on
   */
  boolean add(JournalEntry entry) {
    if (!(table.io() instanceof SupportsPrefixOperations)) {
      return false;
    }
    try {
      put(ENTRY, new JournalJson(table.specs()).write(entry));
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Cannot write the journal of {}: its load goes on without", table.name(), e);
      return false;
    }
  }

  /** Returns what attempts before have done for the same request. */
  List<JournalEntry> entries(String fingerprint) {
    List<JournalEntry> entries = new ArrayList<>();
    for (FileInfo file : list(table.io(), folder())) {
      if (file.location().endsWith(ENTRY)) {
        read(file.location(), fingerprint, entries);
      }
    }
    return entries;
  }

  /** What cannot be read was cut short by the end of its writer. */
  private void read(String location, String fingerprint, List<JournalEntry> into) {
    try (InputStream file = table.io().newInputFile(location).newStream()) {
      String text = new String(file.readAllBytes(), UTF_8);
      JournalEntry entry = new JournalJson(table.specs()).read(text);
      if (entry.fingerprint().equals(fingerprint)) {
        into.add(entry);
      }
    } catch (IOException | RuntimeException e) {
      LOG.info("Cannot read {}: what it tells of is read from the source again", location, e);
    }
  }

  /** Returns the files in a folder and below; none where there is no such folder or no list. */
  static List<FileInfo> list(FileIO io, String folder) {
    List<FileInfo> files = new ArrayList<>();
    if (io instanceof SupportsPrefixOperations listing) {
      try {
        listing.listPrefix(folder).forEach(files::add);
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof FileNotFoundException)) {
          throw e;
        }
      }
    }
    return files;
  }

  private String folder() {
    return folder(table) + run + "/";
  }

  private void put(String kind, String text) {
    String location = folder() + UUID.randomUUID() + kind;
    try (OutputStream file = table.io().newOutputFile(location).create()) {
      file.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + location, e);
    }
  }
}
