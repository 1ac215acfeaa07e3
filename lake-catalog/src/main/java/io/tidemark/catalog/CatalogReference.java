package io.tidemark.catalog;

import java.io.Serializable;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;

/**
 * A catalog as a value that may travel: its properties, with secrets as references such as {@code
 * ${env:NAME}} or {@code ${file:/run/secrets/x}}, which are resolved only where the catalog is
 * opened.
 *
 * @param name the catalog's name
 * @param properties {@code type} ({@code jdbc} or {@code rest}), {@code uri}, {@code warehouse} and
 *     any further Iceberg catalog property, unresolved
 */
public record CatalogReference(String name, Map<String, String> properties)
    implements Serializable {

  public CatalogReference {
    properties = Map.copyOf(properties);
  }

  /**
   * Opens the catalog. The caller closes it where it is {@link java.io.Closeable}.
   *
   * @throws InvalidRequestException if a property or a secret is missing
   */
  public Catalog open() {
    throw new UnsupportedOperationException();
  }

  /** Shows the keys and no value that could be a secret. */
  @Override
  public String toString() {
    return "catalog " + name + " " + new java.util.TreeSet<>(properties.keySet());
  }
}
