package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;

/** The one base that a commit is planned on and swapped against. */
final class Base {

  /** The format version this code reads and writes. */
  static final String FORMAT_VERSION = "1";

  private final String name;
  private final Table table;
  private final TableMetadata metadata;
  private final TableState state;
  private final Lineage lineage;
  private @Nullable TableContract contract;

  Base(String name, TableOperations operations, TableMetadata metadata) {
    this.name = name;
    this.table = new BaseTable(new PinnedOperations(operations, metadata), name);
    this.metadata = metadata;
    this.state = StateCodec.decode(metadata.properties());
    this.lineage = new Lineage(metadata);
  }

  /** Returns the table's name, for messages. */
  String name() {
    return name;
  }

  /** Returns Iceberg's table at exactly this base, for reading. */
  Table table() {
    return table;
  }

  TableMetadata metadata() {
    return metadata;
  }

  TableState state() {
    return state;
  }

  Lineage lineage() {
    return lineage;
  }

  /** Returns the contract; side tables have none. */
  TableContract contract() {
    if (contract == null) {
      contract = contract(name, metadata);
    }
    return contract;
  }

  /**
   * Reads the contract of a table.
   *
   * @throws InvalidRequestException if there is none, or it is of an unknown format
   */
  static TableContract contract(String name, TableMetadata metadata) {
    String contract = metadata.property(Keys.CONTRACT, null);
    if (contract == null) {
      throw new InvalidRequestException(
          "Cannot open %s as a unified table: it has no contract".formatted(name));
    }
    String format = metadata.property(Keys.FORMAT, "");
    String requires = metadata.property(Keys.REQUIRES, "");
    if (!format.equals(FORMAT_VERSION) || !requires.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot write %s: it is of format %s and requires [%s], this version knows format %s"
              .formatted(name, format, requires, FORMAT_VERSION));
    }
    return ContractJson.decode(contract, metadata.schema());
  }

  Schema schema() {
    return metadata.schema();
  }

  FileWindows fileWindows() {
    return new FileWindows(contract(), schema(), metadata.specsById());
  }

  /** Tells whether a publish is on main, as far back as main is known. */
  boolean landed(Publish publish) {
    boolean isHead =
        state
            .token(publish.streamId())
            .filter(token -> token.commitId().equals(publish.commitId()))
            .isPresent();
    return isHead || lineage.find(publish.commitId()).isPresent();
  }

  /**
   * Checks that main still holds what the state says was committed.
   *
   * @throws HistoryRewrittenException if it does not
   */
  void checkHistory() {
    rewrittenAnchor()
        .ifPresent(
            anchor -> {
              throw new HistoryRewrittenException(
                  "Cannot commit to %s: history was rewritten. Snapshot %d (sequence number %d) was committed and is no longer part of main. Run repair on the table, then start its stream with an explicit take-over."
                      .formatted(name, anchor.snapshotId(), anchor.sequenceNumber()));
            });
  }

  /**
   * Every commit of ours moves the newest anchor: where main still holds it, main holds all that
   * was committed before it, retained or not.
   */
  Optional<Anchor> rewrittenAnchor() {
    if (state.anchor() != null && lineage.contains(state.anchor().snapshotId())) {
      return Optional.empty();
    }
    Stream<Anchor> tokens = state.tokens().values().stream().map(Base::anchor);
    return Stream.of(
            Stream.ofNullable(state.anchor()), Stream.ofNullable(state.closedAnchor()), tokens)
        .flatMap(anchors -> anchors)
        .filter(lineage::rewrittenBehind)
        .findFirst();
  }

  /** Tells whether the publish that a token names is no longer part of main. */
  boolean isLost(StreamToken token) {
    return lineage.rewrittenBehind(anchor(token));
  }

  private static Anchor anchor(StreamToken token) {
    return new Anchor(token.snapshotId(), token.sequenceNumber());
  }

  /**
   * Checks that a window's edges are partition edges of every spec with live files, and that the
   * contract is the one the caller planned with.
   *
   * @throws RefusedException if either changed
   */
  void checkLayout(TableContract planned) {
    if (!contract().equals(planned)) {
      throw new RefusedException(
          "Cannot commit to %s: its contract changed since it was loaded. Start again. Nothing was committed."
              .formatted(name));
    }
    Snapshot head = metadata.currentSnapshot();
    if (head == null) {
      return;
    }
    head.allManifests(table.io()).stream()
        .filter(m -> m.hasAddedFiles() || m.hasExistingFiles())
        .map(ManifestFile::partitionSpecId)
        .distinct()
        .forEach(
            id ->
                checkSpec(
                    id, "Somebody wrote files in this spec: rewrite them into one that fits"));
  }

  /**
   * Checks that a window's edges are partition edges of the specs of files about to be added.
   *
   * @throws RefusedException if the table was given another spec
   */
  void checkSpecs(Collection<DataFile> files) {
    files.stream()
        .map(DataFile::specId)
        .distinct()
        .forEach(id -> checkSpec(id, "Give the table a spec that fits and write the files anew"));
  }

  private void checkSpec(int id, String step) {
    try {
      TableLayout.check(name, contract(), metadata.spec(id), schema());
    } catch (InvalidRequestException e) {
      throw new RefusedException("%s %s. Nothing was committed.".formatted(e.getMessage(), step));
    }
  }
}
