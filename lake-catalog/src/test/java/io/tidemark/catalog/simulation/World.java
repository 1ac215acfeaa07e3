package io.tidemark.catalog.simulation;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;

/** Everything the actors of one seed share. */
final class World {

  /** How long a commit may be under way. */
  static final Duration FLIGHT = Duration.ofSeconds(40);

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String POSITION = "events-0";

  private final TableIdentifier identifier = TableIdentifier.of("ads", "clicks");
  private final Profile profile;
  private final Schedule schedule;
  private final SimulatedFiles files;
  private final SimulatedCatalog catalog;
  private final DataPool pool;
  private final Ledger ledger = new Ledger();
  private final List<Window> windows = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final Oracle oracle;
  private final SnapshotReader sideReader;
  private boolean calm = true;

  World(long seed) {
    Random random = new Random(seed);
    this.profile = Profile.draw(random);
    this.schedule = new Schedule(new Random(random.nextLong()), profile.stickiness());
    this.files = new SimulatedFiles(schedule);
    this.catalog = new SimulatedCatalog(schedule, files, this::answer);
    this.pool = new DataPool(schedule, files, profile.contract());
    this.oracle = new Oracle(this);
    this.sideReader = new SnapshotReader(files);
    catalog.watch(oracle);
    Window window = profile.contract().window().containing(origin());
    for (int i = 0; i < profile.windows(); i++) {
      windows.add(window);
      window = profile.contract().window().next(window);
    }
    for (int i = 0; i < profile.streams(); i++) {
      sources.add(
          new Source(
              "clicks-" + i,
              windows,
              profile.perWindow(),
              profile.straggle(),
              profile.grain(),
              random));
    }
  }

  private Answer answer() {
    if (calm || schedule.self().isForeign()) {
      return Answer.TRUE;
    }
    double drawn = schedule.random().nextDouble();
    for (Map.Entry<Answer, Double> entry : profile.answers().entrySet()) {
      drawn -= entry.getValue();
      if (drawn < 0) {
        return entry.getKey();
      }
    }
    return Answer.TRUE;
  }

  /** Creates the table. */
  void create() {
    UnifiedTable.createOrVerify(catalog, identifier, profile.contract());
    for (TableIdentifier each : List.of(identifier, UnifiedTable.lateOf(identifier))) {
      catalog
          .loadTable(each)
          .updateProperties()
          .set("write.manifest.compression-codec", "uncompressed")
          .set("commit.manifest.min-count-to-merge", Integer.toString(profile.mergeManifests()))
          .set("commit.retry.min-wait-ms", "1")
          .set("commit.retry.max-wait-ms", "1")
          .commit();
    }
  }

  /** Makes answers true from now on, or no longer. */
  void calm(boolean newCalm) {
    this.calm = newCalm;
  }

  /** Loads a handle of its own for an actor. */
  UnifiedTable load() {
    return UnifiedTable.load(catalog, identifier)
        .timing(new CommitTiming(LIMIT, schedule, schedule::pause));
  }

  /** Does something under an id that takes part in a commit. */
  <T> T inFlight(String id, Supplier<T> flight) {
    return ledger.inFlight(id, schedule.instant(), flight);
  }

  /** Lets time pass, but none that somebody in the middle of a commit would miss. */
  void idle(Duration about) {
    for (int i = 0; ledger.busy() && i < 500; i++) {
      schedule.step("idles");
    }
    if (!ledger.busy()) {
      schedule.pause(about);
    }
  }

  /** Loads Iceberg's table, as somebody does who knows nothing of contracts. */
  Table loadPlain() {
    return catalog.loadTable(identifier);
  }

  /** Returns the names of the rows in the quarantine. */
  List<String> quarantined() {
    String location = catalog.location(UnifiedTable.lateOf(identifier));
    TableMetadata metadata = TableMetadataParser.read(files, location);
    Snapshot head = metadata.currentSnapshot();
    List<String> paths = head == null ? List.of() : sideReader.dataFiles(metadata, head);
    return paths.stream().flatMap(path -> pool.rows(path).stream()).map(Row::name).toList();
  }

  static Map<String, String> positions(int position) {
    return Map.of(POSITION, Integer.toString(position));
  }

  /** Returns the position in a token, 0 where it has none. */
  static int position(StreamToken token) {
    return Integer.parseInt(token.positions().getOrDefault(POSITION, "0"));
  }

  Source source(String streamId) {
    return sources.stream().filter(s -> s.streamId().equals(streamId)).findFirst().orElseThrow();
  }

  Instant origin() {
    return profile.contract().window().origin();
  }

  TableIdentifier identifier() {
    return identifier;
  }

  Profile profile() {
    return profile;
  }

  Schedule schedule() {
    return schedule;
  }

  SimulatedFiles files() {
    return files;
  }

  DataPool pool() {
    return pool;
  }

  Ledger ledger() {
    return ledger;
  }

  Oracle oracle() {
    return oracle;
  }

  List<Window> windows() {
    return windows;
  }

  List<Source> sources() {
    return sources;
  }
}
