package io.tidemark.maintenance.internal;

import io.tidemark.catalog.CatalogReference;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.catalog.Catalog;

/**
 * A catalog that is closed where it can be.
 *
 * @param catalog the open catalog
 */
public record OpenCatalog(Catalog catalog) implements AutoCloseable {

  /** Opens a catalog. */
  public static OpenCatalog of(CatalogReference reference) {
    return new OpenCatalog(reference.open());
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
