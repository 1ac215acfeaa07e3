package io.tidemark.catalog.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/** A catalog in memory whose swaps are steps and whose answers may be wrong. */
final class SimulatedCatalog extends BaseMetastoreCatalog {

  /** Is told of every swap that landed. */
  interface Watcher {
    void swapped(TableIdentifier table, @Nullable String before, String after);
  }

  private final Schedule schedule;
  private final SimulatedFiles files;
  private final Supplier<Answer> answers;
  private final Map<TableIdentifier, String> locations = new HashMap<>();
  private Watcher watcher = (table, before, after) -> {};

  /**
   * @param answers draws what becomes of a swap
   */
  SimulatedCatalog(Schedule schedule, SimulatedFiles files, Supplier<Answer> answers) {
    this.schedule = schedule;
    this.files = files;
    this.answers = answers;
    initialize("simulation", Map.of());
  }

  void watch(Watcher newWatcher) {
    this.watcher = newWatcher;
  }

  SimulatedFiles files() {
    return files;
  }

  Schedule schedule() {
    return schedule;
  }

  Answer answer() {
    return answers.get();
  }

  @Nullable String location(TableIdentifier table) {
    return locations.get(table);
  }

  /** Swaps a table's metadata, if it still is the one expected. */
  void swap(TableIdentifier table, @Nullable String expected, String location) {
    String found = locations.get(table);
    if (found == null ? expected != null : !found.equals(expected)) {
      throw new CommitFailedException("Cannot commit to %s: it changed meanwhile", table);
    }
    locations.put(table, location);
    schedule.quietly(() -> watcher.swapped(table, expected, location));
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new SimulatedOperations(this, table);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier table) {
    return "memory://" + table.name();
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return locations.keySet().stream().filter(t -> t.namespace().equals(namespace)).toList();
  }

  @Override
  public boolean dropTable(TableIdentifier table, boolean purge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw new UnsupportedOperationException();
  }
}
