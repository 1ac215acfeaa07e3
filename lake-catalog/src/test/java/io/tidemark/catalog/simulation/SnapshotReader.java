package io.tidemark.catalog.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** Reads which files a snapshot names. Nothing is read twice: snapshots and manifests stay. */
final class SnapshotReader {

  private final FileIO files;
  private final Map<String, List<String>> live = new HashMap<>();
  private final Map<Long, List<ManifestFile>> manifests = new HashMap<>();

  SnapshotReader(FileIO files) {
    this.files = files;
  }

  /** Returns the paths of a snapshot's data files, as often as they are named. */
  List<String> dataFiles(TableMetadata metadata, Snapshot snapshot) {
    List<String> paths = new ArrayList<>();
    manifests(snapshot).forEach(manifest -> paths.addAll(live(metadata, manifest)));
    return paths;
  }

  /** Returns the paths of the data files that a snapshot has and its parent has not. */
  Set<String> added(TableMetadata metadata, Snapshot snapshot) {
    Set<String> paths = new HashSet<>(dataFiles(metadata, snapshot));
    Long parentId = snapshot.parentId();
    Snapshot parent = parentId == null ? null : metadata.snapshot(parentId);
    if (parent != null) {
      paths.removeAll(dataFiles(metadata, parent));
    }
    return paths;
  }

  /** Returns every path a snapshot needs. */
  Set<String> paths(TableMetadata metadata, Snapshot snapshot) {
    Set<String> paths = new HashSet<>(dataFiles(metadata, snapshot));
    paths.add(snapshot.manifestListLocation());
    manifests(snapshot).forEach(manifest -> paths.add(manifest.path()));
    return paths;
  }

  private List<ManifestFile> manifests(Snapshot snapshot) {
    return manifests.computeIfAbsent(snapshot.snapshotId(), id -> snapshot.allManifests(files));
  }

  private List<String> live(TableMetadata metadata, ManifestFile manifest) {
    return live.computeIfAbsent(manifest.path(), path -> read(metadata, manifest));
  }

  private List<String> read(TableMetadata metadata, ManifestFile manifest) {
    List<String> paths = new ArrayList<>();
    try (ManifestReader<DataFile> reader =
        ManifestFiles.read(manifest, files, metadata.specsById())) {
      reader.forEach(file -> paths.add(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths;
  }
}
