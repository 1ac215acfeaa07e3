package io.tidemark.catalog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/** Every file that a retained snapshot names exists, and a data file enters its table once. */
final class FileCheck {

  private final SimulatedFiles files;
  private final SnapshotReader reader;
  private final Map<TableIdentifier, Set<String>> needed = new HashMap<>();
  private final Map<TableIdentifier, Set<Long>> seen = new HashMap<>();
  private final Map<String, Long> enteredBy = new HashMap<>();

  FileCheck(SimulatedFiles files, SnapshotReader reader) {
    this.files = files;
    this.reader = reader;
    files.onDelete(this::deleted);
  }

  void swapped(TableIdentifier table, TableMetadata metadata) {
    Set<String> paths = new HashSet<>();
    paths.add(metadata.metadataFileLocation());
    for (Snapshot snapshot : metadata.snapshots()) {
      assertThat(files.missing(Set.of(snapshot.manifestListLocation())))
          .as("manifest list of retained snapshot %d is missing", snapshot.sequenceNumber())
          .isEmpty();
      paths.addAll(reader.paths(metadata, snapshot));
    }
    assertThat(files.missing(paths)).as("files that %s names are missing", table).isEmpty();
    needed.put(table, paths);
    for (Snapshot snapshot : metadata.snapshots()) {
      if (seen.computeIfAbsent(table, t -> new HashSet<>()).add(snapshot.snapshotId())) {
        entered(metadata, snapshot);
      }
    }
  }

  private void entered(TableMetadata metadata, Snapshot snapshot) {
    assertThat(reader.dataFiles(metadata, snapshot))
        .as("data files at %d", snapshot.sequenceNumber())
        .doesNotHaveDuplicates();
    for (String path : reader.added(metadata, snapshot)) {
      assertThat(enteredBy.putIfAbsent(path, snapshot.sequenceNumber()))
          .as("%s enters a table again at %d", path, snapshot.sequenceNumber())
          .isNull();
    }
  }

  private void deleted(String path) {
    assertThat(needed.values())
        .as("%s is deleted and a retained snapshot names it", path)
        .noneMatch(paths -> paths.contains(path));
  }
}
