package io.tidemark.batch;

import io.tidemark.batch.internal.RunEnvironment;
import io.tidemark.batch.internal.load.Fleet;
import io.tidemark.batch.internal.load.LoadExtent;
import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.Source;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Loads plain tables from the databases that a manifest names for them, all in one job.
 *
 * <pre>{@code
 * LoadReport report = LoadRun.of(manifest).table("raw.orders").table("raw.customers").run();
 * }</pre>
 *
 * or, without a manifest,
 *
 * <pre>{@code
 * LoadEntry orders = LoadEntry.of("raw.orders", shop, new Relation("public", "orders")).partition("day(created_at)").build();
 * LoadReport report = LoadRun.into(catalog, orders).run();
 * }</pre>
 *
 * <p>Defaults: all loads of the manifest; a random run id; parity as the manifest says; nobody is
 * told of progress. A table that cannot be loaded keeps the rows it had, and does not hold up the
 * others. For one thread.
 */
public final class LoadRun {

  /** What {@link #splitSize} is by default. */
  public static final MemorySize SPLIT_SIZE = MemorySize.ofMebiBytes(256);

  private final Manifest manifest;
  private final Set<String> names = new LinkedHashSet<>();
  private String runId = UUID.randomUUID().toString();
  private @Nullable Parity parity;
  private LoadExtent extent = new LoadExtent.Next();
  private MemorySize splitSize = SPLIT_SIZE;
  private Consumer<LoadProgress> progress = seen -> {};

  private LoadRun(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Starts a run of the loads of a manifest.
   *
   * @throws InvalidRequestException if the manifest has no loads
   */
  public static LoadRun of(Manifest manifest) {
    if (manifest.loads().isEmpty()) {
      throw new InvalidRequestException("Cannot load: no table has a load");
    }
    return new LoadRun(manifest);
  }

  /**
   * Starts a run of loads that a program has put together.
   *
   * @param catalog the catalog of the plain tables
   * @throws InvalidRequestException if two loads have one name, or databases that differ have one
   */
  public static LoadRun into(CatalogReference catalog, LoadEntry... loads) {
    Map<String, LoadEntry> named = new LinkedHashMap<>();
    Map<String, Source> sources = new LinkedHashMap<>();
    for (LoadEntry load : loads) {
      if (named.put(load.name(), load) != null) {
        throw new InvalidRequestException(
            "Cannot load %1$s: two loads are called %1$s. Give each table a name of its own"
                .formatted(load.name()));
      }
      Source other = sources.put(load.source().name(), load.source());
      if (other != null && !other.equals(load.source())) {
        throw new InvalidRequestException(
            "Cannot load %s: two databases that differ are called %s. Give each source a name of its own"
                .formatted(load.name(), load.source().name()));
      }
    }
    return of(new Manifest(catalog, sources, Map.of(), named));
  }

  /**
   * Names a table to load, by the name it has in the manifest or that a wildcard there gives it.
   */
  public LoadRun table(String name) {
    names.add(name);
    return this;
  }

  /**
   * Names the run. What landed under the same id before is not loaded again; what was under way is
   * taken up where the database proves that it has not changed since.
   *
   * @throws InvalidRequestException if the id is blank
   */
  public LoadRun runId(String id) {
    if (id.isBlank()) {
      throw new InvalidRequestException(
          "Cannot load: the run id is blank, and would be that of every such run");
    }
    this.runId = id;
    return this;
  }

  /**
   * Loads all there is of the tables, whatever was loaded before. Those that go on from load to
   * load begin anew.
   */
  public LoadRun full() {
    this.extent = new LoadExtent.Anew();
    return this;
  }

  /**
   * Loads a closed range of the cursor of tables in mode append, which nothing loaded overlaps.
   *
   * @param from the first value: a time or date in ISO-8601, in UTC where it has no zone, or a
   *     number
   * @param to the value that the range ends before
   */
  public LoadRun range(String from, String to) {
    this.extent = new LoadExtent.Range(from, to);
    return this;
  }

  /** Has all tables of the run compared in this way, whatever the manifest says. */
  public LoadRun parity(Parity other) {
    this.parity = other;
    return this;
  }

  /**
   * Sets how many bytes of its database a split of a large table has at most, 256 MiB by default;
   * of a partitioned table 16 times as many, as each split writes a file for every partition it
   * meets. A table that has less than a quarter of it is one split. A larger one that is not
   * partitioned has at least four for each of its readers, unless they came to less than an eighth
   * of it. A load that is started again reads no split again that was done and that the database
   * proves unchanged; smaller ones lose less, and come to smaller files.
   *
   * @throws InvalidRequestException if it is less than a megabyte
   */
  public LoadRun splitSize(MemorySize most) {
    if (most.getMebiBytes() < 1) {
      throw new InvalidRequestException(
          "Cannot cut tables into splits of %s: choose at least 1 MiB".formatted(most));
    }
    this.splitSize = most;
    return this;
  }

  /** Tells a listener about once a second how far the run is, on the thread that runs it. */
  public LoadRun progress(Consumer<LoadProgress> listener) {
    this.progress = listener;
    return this;
  }

  /**
   * Runs the loads in this process, or on the cluster where {@code flink run} started the program,
   * with the errors of {@link #run(StreamExecutionEnvironment)}.
   */
  public LoadReport run() {
    try (RunEnvironment own = RunEnvironment.ofRun()) {
      return run(own.environment());
    }
  }

  /**
   * Runs the loads as a job of an environment and waits for its end. Tables that could not be
   * loaded are in the report, not thrown; where the job fails as a whole these are the tables that
   * had not landed.
   *
   * @throws InvalidRequestException if the manifest does not come to a table that was named
   * @throws io.tidemark.catalog.UnavailableException if the catalog cannot be reached
   */
  public LoadReport run(StreamExecutionEnvironment environment) {
    return new Fleet(
            compared(), new LinkedHashSet<>(names), runId, extent, splitSize.getBytes(), progress)
        .load(environment);
  }

  private Manifest compared() {
    if (parity == null) {
      return manifest;
    }
    Map<String, LoadEntry> loads = new LinkedHashMap<>();
    manifest.loads().forEach((name, entry) -> loads.put(name, entry.withParity(parity)));
    return new Manifest(manifest.catalog(), manifest.sources(), manifest.tables(), loads);
  }
}
