package io.tidemark.catalog;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.catalog.Catalog;

/**
 * A catalog as a value that may travel: its properties, with secrets as references such as {@code
 * ${env:NAME}} or {@code ${file:/run/secrets/x}}, which are resolved only where the catalog is
 * opened.
 *
 * @param name the catalog's name; a JDBC catalog keeps its tables under it
 * @param properties {@code type} ({@code jdbc} or {@code rest}), {@code uri}, {@code warehouse},
 *     {@code user} and {@code password} for JDBC, {@code credential} or {@code token} for REST, and
 *     any further Iceberg catalog property, unresolved
 */
public record CatalogReference(String name, Map<String, String> properties)
    implements Serializable {

  public CatalogReference {
    properties = Map.copyOf(properties);
  }

  /**
   * Opens the catalog. The caller closes it where it is {@link java.io.Closeable}. Each call opens
   * another one, with connections of its own.
   *
   * @throws InvalidRequestException if a property or a secret is missing or wrong, or the catalog
   *     refuses the credentials
   * @throws UnavailableException if the catalog cannot be reached
   */
  public Catalog open() {
    return new CatalogOpener(this).open();
  }

  /** Shows the keys and no value that could be a secret. */
  @Override
  public String toString() {
    return "catalog " + name + " " + new TreeSet<>(properties.keySet());
  }
}
