package io.tidemark.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.catalog.Catalog;

/**
 * An open catalog that closes what can be closed; Iceberg's {@link Catalog} itself does not say.
 *
 * @param catalog the catalog
 */
public record OpenCatalog(Catalog catalog) implements AutoCloseable {

  /**
   * Opens a catalog, with the errors of {@link CatalogReference#open()}.
   *
   * @param reference where it is
   */
  public static OpenCatalog of(CatalogReference reference) {
    return new OpenCatalog(reference.open());
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close catalog " + catalog.name(), e);
      }
    }
  }
}
