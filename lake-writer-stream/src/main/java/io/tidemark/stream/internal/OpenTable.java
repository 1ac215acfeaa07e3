package io.tidemark.stream.internal;

import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import java.io.Closeable;
import java.io.IOException;
import org.apache.iceberg.catalog.Catalog;

/** A table that a task opened, together with the catalog it has to close. */
final class OpenTable implements Closeable {

  private final Catalog catalog;
  private final UnifiedTable table;

  OpenTable(TableLoader loader) {
    this.catalog = loader.catalog().open();
    this.table = loader.load(catalog);
  }

  UnifiedTable table() {
    return table;
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
