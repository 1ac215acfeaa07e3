package io.tidemark.catalog;

import java.io.Serializable;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * Where a table is, as a value that may travel in a job graph: references to secrets, never
 * secrets. Tables are loaded where they are used, on the task.
 *
 * @param catalog the catalog
 * @param table the table's identifier, dotted, e.g. {@code ads.campaign_hourly}
 */
public record TableLoader(CatalogReference catalog, String table) implements Serializable {

  public TableLoader {
    if (table.indexOf('.') <= 0) {
      throw new InvalidRequestException(
          "Cannot load table '%s': expected <namespace>.<table>".formatted(table));
    }
  }

  /** Returns the table's identifier. */
  public TableIdentifier identifier() {
    int dot = table.lastIndexOf('.');
    return TableIdentifier.of(
        Namespace.of(table.substring(0, dot).split("\\.")), table.substring(dot + 1));
  }

  /**
   * Loads the table.
   *
   * @param opened a catalog that the caller opened with {@link CatalogReference#open()}
   * @throws InvalidRequestException if there is no such table, or it is no unified table
   */
  public UnifiedTable load(Catalog opened) {
    try {
      return UnifiedTable.load(opened, identifier());
    } catch (NoSuchTableException e) {
      throw new InvalidRequestException(
          "Cannot load table %s from catalog %s: %s"
              .formatted(table, catalog.name(), e.getMessage()),
          e);
    }
  }
}
