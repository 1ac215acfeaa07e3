package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.UncommittedFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.LocationUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what attempts left behind that never committed: their data files and their journals.
 *
 * <p>Of a run only once it has landed: from then on no attempt of it can commit, so that nobody
 * needs its other files. And of runs whose journals nobody has written to for days. A file that any
 * snapshot names stays.
 *
 * @param table the table
 * @param run the run that has landed, as {@link Fingerprint#ofRun}
 */
record Sweep(Table table, String run) {

  /** As long as Iceberg waits before it takes a file for an orphan. */
  private static final Duration DEAD = Duration.ofDays(3);

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  static Sweep after(Table table, String runId) {
    return new Sweep(table, Fingerprint.ofRun(runId));
  }

  /**
   * Sweeps. What cannot be deleted is told in the log, as the load itself is done.
   *
   * @param lost whether another attempt landed in place of the one that asks
   */
  void run(boolean lost) {
    try {
      table.refresh();
      Map<String, List<FileInfo>> journals = journals();
      journals.entrySet().removeIf(j -> !j.getKey().equals(run) && isFresh(j.getValue()));
      Set<String> runs =
          journals.entrySet().stream()
              .filter(j -> !j.getKey().equals(run) || attempts(j.getValue()) > 1)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      if (lost) {
        runs.add(run);
      }
      if (!runs.isEmpty()) {
        deleteFiles(runs);
      }
      journals.keySet().forEach(this::deleteJournal);
    } catch (RuntimeException e) {
      LOG.warn("Cannot sweep up behind loads of {}, there may be orphans", table.name(), e);
    }
  }

  private Map<String, List<FileInfo>> journals() {
    return Journal.list(table.io(), Journal.folder(table)).stream()
        .collect(Collectors.groupingBy(Sweep::runOf));
  }

  private static String runOf(FileInfo file) {
    String folder = file.location().substring(0, file.location().lastIndexOf('/'));
    return NamedFiles.name(folder);
  }

  private static boolean isFresh(List<FileInfo> journal) {
    long dead = Instant.now().minus(DEAD).toEpochMilli();
    return journal.stream().anyMatch(file -> file.createdAtMillis() > dead);
  }

  /** An attempt alone has committed all that it wrote. */
  private static long attempts(List<FileInfo> journal) {
    return journal.stream().filter(file -> file.location().endsWith(Journal.BEGUN)).count();
  }

  private void deleteFiles(Set<String> runs) {
    List<String> marks = runs.stream().map(r -> new Journal(table, r).mark()).toList();
    List<String> written =
        Journal.list(table.io(), dataFolder()).stream()
            .map(FileInfo::location)
            .filter(file -> marks.stream().anyMatch(NamedFiles.name(file)::contains))
            .toList();
    if (!written.isEmpty()) {
      NamedFiles named = NamedFiles.of(table);
      UncommittedFiles.deleteAt(
          table.io(), written.stream().filter(file -> !named.has(file)).toList());
    }
  }

  private String dataFolder() {
    String folder = table.properties().get(TableProperties.WRITE_DATA_LOCATION);
    return LocationUtil.stripTrailingSlash(folder == null ? table.location() + "/data" : folder)
        + "/";
  }

  private void deleteJournal(String of) {
    ((SupportsPrefixOperations) table.io()).deletePrefix(Journal.folder(table) + of + "/");
  }
}
