package io.tidemark.catalog.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a stream that will not come back, so that neither seals nor expiry wait for it. */
@Command(
    name = "retire",
    description = {
      "End a stream that will not come back, so that neither seals nor expiry wait for it.",
      "A stream that published within a day is taken for alive, and refused."
    })
public final class RetireCommand implements Runnable {

  private static final Duration SILENCE = Duration.ofDays(1);

  @Mixin private ManifestOption manifest;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The table that the stream writes into.")
  private String table;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description = "The id of the stream; the one that the manifest gives the table by default.")
  private @Nullable String stream;

  @Option(
      names = "--even-if-alive",
      description = "End it although it published within a day; a run of it fails.")
  private boolean evenIfAlive;

  @Override
  public void run() {
    Manifest loaded = manifest.load();
    TableEntry entry = loaded.table(table);
    String id = id(entry);
    try (OpenCatalog open = OpenCatalog.of(loaded.catalog())) {
      loaded
          .loader(entry.name())
          .load(open.catalog())
          .retire(id, evenIfAlive ? Duration.ZERO : SILENCE);
    }
    spec.commandLine().getOut().printf("%s   stream %s retired%n", table, id);
  }

  private String id(TableEntry entry) {
    if (stream != null) {
      return stream;
    }
    if (entry.stream() == null) {
      throw new InvalidRequestException(
          "Cannot retire a stream of %s: the manifest gives it none. Name one with --stream"
              .formatted(table));
    }
    return entry.stream().id();
  }
}
