package io.tidemark.catalog.manifest;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.TableLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A manifest that was found valid.
 *
 * @param catalog the catalog of all tables
 * @param sources the sources by name, in the manifest's order
 * @param tables the unified tables by dotted name, e.g. {@code ads.campaign_hourly}, in the same
 *     order
 * @param loads the plain tables by dotted name, in the same order
 */
public record Manifest(
    CatalogReference catalog,
    Map<String, Source> sources,
    Map<String, TableEntry> tables,
    Map<String, LoadEntry> loads) {

  public Manifest {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    loads = Collections.unmodifiableMap(new LinkedHashMap<>(loads));
  }

  /**
   * Reads a manifest and validates all of it.
   *
   * @throws InvalidRequestException if it cannot be read or is not valid; the message lists every
   *     complaint with its line
   */
  public static Manifest load(Path file) {
    return new ManifestReader(file).read();
  }

  /**
   * Returns the entry of a table.
   *
   * @throws InvalidRequestException if there is none; the message names those there are
   */
  public TableEntry table(String name) {
    TableEntry entry = tables.get(name);
    if (entry == null) {
      throw new InvalidRequestException(
          "Cannot find table %s in the manifest: it has %s".formatted(name, tables.keySet()));
    }
    return entry;
  }

  /**
   * Returns the load of a plain table.
   *
   * @throws InvalidRequestException if there is none; the message names those there are
   */
  public LoadEntry load(String name) {
    LoadEntry entry = loads.get(name);
    if (entry == null) {
      throw new InvalidRequestException(
          "Cannot find a load of %s in the manifest: it has %s".formatted(name, loads.keySet()));
    }
    return entry;
  }

  /** Returns the loader of a table in the manifest's catalog. */
  public TableLoader loader(String table) {
    return new TableLoader(catalog, table);
  }
}
