package io.tidemark.stream.internal;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.StreamToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A table that a task opened, together with the catalog it has to close. */
final class OpenTable implements AutoCloseable {

  private final OpenCatalog catalog;
  private final UnifiedTable table;

  OpenTable(TableLoader loader) {
    this.catalog = OpenCatalog.of(loader.catalog());
    this.table = loader.load(catalog.catalog());
  }

  UnifiedTable table() {
    return table;
  }

  /** Returns the watermark that a stream has committed, as of the last refresh, or null. */
  @Nullable Instant committed(String streamId) {
    return table.state().token(streamId).map(StreamToken::watermark).orElse(null);
  }

  @Override
  public void close() {
    catalog.close();
  }
}
