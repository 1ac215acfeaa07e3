package io.tidemark.catalog.manifest;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a manifest from its YAML nodes, which know their lines. */
final class ManifestReader {

  private final Path file;
  private final Complaints complaints;

  ManifestReader(Path file) {
    this.file = file;
    this.complaints = new Complaints(file.toString());
  }

  Manifest read() {
    Node node = compose(content());
    Manifest manifest = node == null ? null : read(Section.root(node, complaints));
    complaints.throwIfAny();
    if (manifest == null) {
      throw new InvalidRequestException("Cannot use manifest %s: it is empty".formatted(file));
    }
    return manifest;
  }

  private @Nullable Manifest read(Section root) {
    root.allow("catalog", "sources", "tables");
    Section catalogSection = root.section("catalog");
    CatalogReference catalog = catalogSection == null ? null : CatalogSection.read(catalogSection);
    Sources sources = Sources.read(root.has("sources") ? root.section("sources") : null);
    Map<String, TableEntry> tables = new LinkedHashMap<>();
    Map<String, LoadEntry> loads = new LinkedHashMap<>();
    Section entries = root.section("tables");
    if (entries != null) {
      readTables(entries, sources, tables, loads);
    }
    return root.build(() -> new Manifest(catalog, sources.valid(), tables, loads));
  }

  private static void readTables(
      Section section,
      Sources sources,
      Map<String, TableEntry> tables,
      Map<String, LoadEntry> loads) {
    if (section.keys().isEmpty()) {
      section.complain("tables names no table");
    }
    for (String name : section.keys()) {
      Section table = section.section(name, "table " + name);
      TableSection.checkName(name, table);
      if (table.has("load")) {
        loads.put(name, LoadSection.read(name, table, sources));
      } else {
        tables.put(name, TableSection.read(name, table, sources));
      }
    }
  }

  private String content() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidRequestException(
          "Cannot read manifest %s: there is no such file".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException(
          "Cannot read manifest %s: it is not UTF-8. Save it in that encoding".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidRequestException(
          "Cannot read manifest %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The parser's own messages quote the file, where a secret may stand; its problem does not. */
  private @Nullable Node compose(String yaml) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(Integer.MAX_VALUE);
      return new Yaml(options).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      complaints.add(line + 1, "this is not YAML: " + withoutNames(e.getProblem()));
    } catch (YAMLException e) {
      complaints.add(1, "this is not YAML");
    }
    return null;
  }

  /** A secret that begins with an asterisk is an alias for YAML, with an exclamation mark a tag. */
  private static String withoutNames(String problem) {
    return problem.replaceAll("(undefined (alias|tag handle)) .*", "$1");
  }
}
