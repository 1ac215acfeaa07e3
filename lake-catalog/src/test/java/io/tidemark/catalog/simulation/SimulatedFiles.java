package io.tidemark.catalog.simulation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** The files of one simulated world. Every use of one is a step. */
final class SimulatedFiles extends InMemoryFileIO {

  private final transient Schedule schedule;
  private final transient Map<String, byte[]> files = new ConcurrentHashMap<>();
  private transient Consumer<String> onDelete = path -> {};

  SimulatedFiles(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Is told of every path before it is deleted. */
  void onDelete(Consumer<String> listener) {
    this.onDelete = listener;
  }

  /** Returns those of the paths that no file has. */
  Set<String> missing(Set<String> paths) {
    Set<String> missing = new HashSet<>(paths);
    missing.removeAll(files.keySet());
    return missing;
  }

  @Override
  public void addFile(String location, byte[] contents) {
    files.put(location, contents);
  }

  @Override
  public boolean fileExists(String location) {
    return files.containsKey(location);
  }

  @Override
  public InputFile newInputFile(String location) {
    schedule.step("reads " + kind(location));
    byte[] contents = files.get(location);
    if (contents == null) {
      throw new NotFoundException("No file %s", location);
    }
    return new InMemoryInputFile(location, contents);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    schedule.step("writes " + kind(location));
    return super.newOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    schedule.step("deletes " + kind(location));
    onDelete.accept(location);
    if (files.remove(location) == null) {
      throw new NotFoundException("No file %s", location);
    }
  }

  /** File names are random; the trace is not. */
  private static String kind(String location) {
    if (location.contains("/data/")) {
      return location.substring(location.lastIndexOf('/') + 1);
    }
    if (location.endsWith(".json")) {
      return "metadata";
    }
    return location.contains("/snap-") ? "a manifest list" : "a manifest";
  }
}
