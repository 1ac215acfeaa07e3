package io.tidemark.stream.internal;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;

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

  @Override
  public void close() {
    catalog.close();
  }
}
