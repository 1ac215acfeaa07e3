package io.tidemark.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The files that a warehouse on disk has of a table. */
record TableFiles(Path table) {

  static TableFiles of(Path warehouse, String namespace, String table) {
    return new TableFiles(warehouse.resolve(namespace).resolve(table));
  }

  /** Returns the names of the files with rows or deletes. */
  List<String> there() {
    return names("data").filter(name -> !name.endsWith(".crc")).toList();
  }

  /** Returns the names of the files in journals of loads. */
  List<String> journal(String ending) {
    return names("tidemark-load")
        .filter(name -> name.endsWith(ending) && !name.endsWith(".crc"))
        .toList();
  }

  private Stream<String> names(String folder) {
    Path below = table.resolve(folder);
    if (!Files.exists(below)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names of the files that any snapshot has. */
  static Set<String> committed(Table table) {
    Set<String> files = new TreeSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
        for (FileScanTask task : tasks) {
          files.add(name(task.file().location()));
          task.deletes().stream()
              .map(DeleteFile::location)
              .map(TableFiles::name)
              .forEach(files::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String name(String location) {
    return Path.of(location).getFileName().toString();
  }
}
