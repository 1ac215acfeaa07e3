package io.tidemark.scenarios;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** The files under a table's location that no retained snapshot names. */
record Orphans(Table table, List<String> paths) {

  static Orphans of(Table table) {
    Set<String> named = new HashSet<>();
    TableMetadata metadata = ((BaseTable) table).operations().current();
    named.add(metadata.metadataFileLocation());
    metadata.previousFiles().forEach(log -> named.add(log.file()));
    table.snapshots().forEach(snapshot -> collect(table, snapshot, named));
    Iterable<FileInfo> all =
        ((SupportsPrefixOperations) table.io()).listPrefix(table.location() + "/");
    List<String> orphans =
        StreamSupport.stream(all.spliterator(), false)
            .map(FileInfo::location)
            .filter(path -> !named.contains(path))
            .toList();
    return new Orphans(table, orphans);
  }

  private static void collect(Table table, Snapshot snapshot, Set<String> named) {
    named.add(snapshot.manifestListLocation());
    for (ManifestFile manifest : snapshot.allManifests(table.io())) {
      named.add(manifest.path());
      ManifestFiles.readPaths(manifest, table.io(), table.specs()).forEach(named::add);
    }
  }

  /** Deletes them all, as if they had been there for long enough. */
  void remove() {
    paths.forEach(table.io()::deleteFile);
  }
}
