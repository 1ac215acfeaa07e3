package io.tidemark.batch;

import io.tidemark.batch.internal.RunEnvironment;
import io.tidemark.batch.internal.seal.QuerySeal;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Takes windows over with the rows of the query that a manifest names for the table.
 *
 * <pre>{@code
 * SealReport report = SealRun.of(manifest, "ads.campaign_hourly").window("2026-11-20").run();
 * }</pre>
 *
 * <p>Defaults: a first seal, not a {@linkplain #reseal() reseal}; a random run id; no cut; nothing
 * {@linkplain #allow allowed}; nobody is told of progress. A window must be given. For one thread.
 */
public final class SealRun {

  private final Manifest manifest;
  private final TableEntry entry;
  private final Set<Allow> allowed = EnumSet.noneOf(Allow.class);
  private @Nullable Window range;
  private String runId = UUID.randomUUID().toString();
  private @Nullable String cut;
  private boolean again;
  private Consumer<SealProgress> progress = seen -> {};

  private SealRun(Manifest manifest, TableEntry entry) {
    this.manifest = manifest;
    this.entry = entry;
  }

  /**
   * Starts a run.
   *
   * @param table the table's name in the manifest
   * @throws InvalidRequestException if the manifest has no such table, or no batch for it
   */
  public static SealRun of(Manifest manifest, String table) {
    TableEntry entry = manifest.table(table);
    if (entry.batch() == null) {
      throw new InvalidRequestException(
          "Cannot seal %s: the manifest names no batch for it".formatted(table));
    }
    return new SealRun(manifest, entry);
  }

  /** Names the windows: one, or a range of several. */
  public SealRun window(Window windows) {
    this.range = windows;
    return this;
  }

  /**
   * Names the one window that begins at a local date, month or time, e.g. {@code 2026-11-20}.
   *
   * @throws InvalidRequestException if no window begins there
   */
  public SealRun window(String start) {
    try {
      return window(entry.contract().window().parse(start));
    } catch (IllegalArgumentException e) {
      throw misread(e);
    }
  }

  /**
   * Names a range of windows by the start of its first and the end of its last.
   *
   * @throws InvalidRequestException if the edges cannot be read
   */
  public SealRun windows(String from, String to) {
    try {
      return window(entry.contract().window().parse(from, to));
    } catch (IllegalArgumentException e) {
      throw misread(e);
    }
  }

  /**
   * Names the run; the same id again is the same seal.
   *
   * @throws InvalidRequestException if the id is blank
   */
  public SealRun runId(String id) {
    this.runId = Seal.checkedRunId(id);
    return this;
  }

  /** Corrects windows that are closed, instead of closing open ones. */
  public SealRun reseal() {
    this.again = true;
    return this;
  }

  /** Records the source position that the query covers, e.g. a timestamp or an LSN. */
  public SealRun cut(String position) {
    this.cut = position;
    return this;
  }

  /** Says the explicit word for what a seal does not do by itself. */
  public SealRun allow(Allow... words) {
    this.allowed.addAll(List.of(words));
    return this;
  }

  /** Tells a listener about once a second how far the read is, on the thread that runs the seal. */
  public SealRun progress(Consumer<SealProgress> listener) {
    this.progress = listener;
    return this;
  }

  /**
   * Runs the seal in this process, or on the cluster where {@code flink run} started the program,
   * with the errors of {@link #run(StreamExecutionEnvironment)}.
   */
  public SealReport run() {
    try (RunEnvironment own = RunEnvironment.ofRun()) {
      return run(own.environment());
    }
  }

  /**
   * Runs the seal as a job of an environment and waits for its end.
   *
   * @throws InvalidRequestException if the windows, the query or the table cannot be right; nothing
   *     was written
   * @throws io.tidemark.catalog.UnavailableException if the source or the catalog cannot be reached
   * @throws io.tidemark.catalog.commit.RefusedException if a guard or an audit refuses
   * @throws io.tidemark.catalog.commit.CommitUnresolvedException if the outcome stayed unknown
   * @throws SealFailedException if the job failed for another reason
   */
  public SealReport run(StreamExecutionEnvironment environment) {
    if (range == null) {
      throw new InvalidRequestException("Cannot seal %s: no window".formatted(entry.name()));
    }
    QuerySeal seal =
        new QuerySeal(manifest.loader(entry.name()), entry, range, runId, cut, allowed, progress);
    return again ? seal.reseal(environment) : seal.seal(environment);
  }

  private InvalidRequestException misread(IllegalArgumentException e) {
    return new InvalidRequestException(
        "Cannot seal %s: %s".formatted(entry.name(), e.getMessage()), e);
  }
}
