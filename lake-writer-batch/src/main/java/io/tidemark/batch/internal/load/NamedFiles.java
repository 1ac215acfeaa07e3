package io.tidemark.batch.internal.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The data and delete files that any snapshot of a table has. They are told by their names, which
 * are unique, and the same however a store spells its locations.
 */
final class NamedFiles {

  private final Table table;
  private final Set<String> names = new HashSet<>();

  private NamedFiles(Table table) {
    this.table = table;
  }

  /** Reads all manifests of a table. */
  static NamedFiles of(Table table) {
    NamedFiles files = new NamedFiles(table);
    Set<String> manifests = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (manifests.add(manifest.path())) {
          files.add(manifest);
        }
      }
    }
    return files;
  }

  boolean has(String location) {
    return names.contains(name(location));
  }

  /** Returns what follows the last slash of a location. */
  static String name(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private void add(ManifestFile manifest) {
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (CloseableIterable<String> files =
            ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
          files.forEach(file -> names.add(name(file)));
        }
      } else {
        try (CloseableIterable<DeleteFile> files =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          files.forEach(file -> names.add(name(file.location())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
