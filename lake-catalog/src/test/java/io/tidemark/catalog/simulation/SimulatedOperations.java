package io.tidemark.catalog.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Operations on a table of the simulated catalog. Snapshots get the time of the schedule. */
final class SimulatedOperations extends BaseMetastoreTableOperations {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_DELAY = 60;

  private final SimulatedCatalog catalog;
  private final TableIdentifier table;

  SimulatedOperations(SimulatedCatalog catalog, TableIdentifier table) {
    this.catalog = catalog;
    this.table = table;
  }

  @Override
  protected String tableName() {
    return table.toString();
  }

  @Override
  public FileIO io() {
    return catalog.files();
  }

  @Override
  protected void doRefresh() {
    catalog.schedule().step("looks up " + table.name());
    String location = catalog.location(table);
    if (location == null) {
      disableRefresh();
    } else {
      refreshFromMetadataLocation(location, null, 0);
    }
  }

  @Override
  protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
    String before = base == null ? null : base.metadataFileLocation();
    String after = write(base, metadata);
    catalog.schedule().step("swaps " + table.name());
    Answer answer = catalog.answer();
    if (answer != Answer.TRUE) {
      catalog.schedule().note("is answered " + answer.name().toLowerCase(Locale.ROOT));
    }
    switch (answer) {
      case TRUE -> catalog.swap(table, before, after);
      case HIDDEN_SUCCESS -> {
        catalog.swap(table, before, after);
        catalog.schedule().step("gets its answer");
        throw new CommitFailedException("Cannot commit to %s: it changed meanwhile", table);
      }
      case LANDED_UNANSWERED -> {
        catalog.swap(table, before, after);
        throw unanswered();
      }
      case LOST -> throw unanswered();
      case DELAYED -> {
        delay(before, after);
        throw unanswered();
      }
      case CRASH_BEFORE -> throw catalog.schedule().self().crash();
      case CRASH_AFTER -> {
        catalog.swap(table, before, after);
        throw catalog.schedule().self().crash();
      }
    }
  }

  /** Some catalogs say that they do not know, others just break. */
  private RuntimeException unanswered() {
    IOException cause = new IOException("connection reset");
    return catalog.schedule().chance(0.5)
        ? new CommitStateUnknownException(cause)
        : new UncheckedIOException(cause);
  }

  private void delay(@Nullable String before, String after) {
    int steps = 1 + catalog.schedule().random().nextInt(LONGEST_DELAY);
    catalog.schedule().actor("a delayed swap", () -> swapAfter(steps, before, after));
  }

  private void swapAfter(int steps, @Nullable String before, String after) {
    for (int i = 0; i < steps; i++) {
      catalog.schedule().step("is under way");
    }
    try {
      catalog.swap(table, before, after);
      catalog.schedule().note("lands");
    } catch (CommitFailedException e) {
      catalog.schedule().note("does not land any more");
    }
  }

  private String write(@Nullable TableMetadata base, TableMetadata metadata) {
    String name =
        String.format(
            Locale.ROOT, "%05d-%s.metadata.json", currentVersion() + 1, UUID.randomUUID());
    String location = metadataFileLocation(metadata, name);
    catalog.schedule().step("writes metadata");
    try {
      JsonNode json = JSON.readTree(TableMetadataParser.toJson(metadata));
      setTime((ObjectNode) json, base);
      catalog.files().addFile(location, json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return location;
  }

  private void setTime(ObjectNode json, @Nullable TableMetadata base) {
    long now = catalog.schedule().millis();
    json.put("last-updated-ms", now);
    for (JsonNode snapshot : json.path("snapshots")) {
      if (base == null || base.snapshot(snapshot.get("snapshot-id").asLong()) == null) {
        ((ObjectNode) snapshot).put("timestamp-ms", now);
      }
    }
    for (JsonNode entry : json.path("snapshot-log")) {
      if (entry.get("timestamp-ms").asLong() > now) {
        ((ObjectNode) entry).put("timestamp-ms", now);
      }
    }
    for (JsonNode entry : json.path("metadata-log")) {
      if (entry.get("timestamp-ms").asLong() > now) {
        ((ObjectNode) entry).put("timestamp-ms", now);
      }
    }
  }
}
