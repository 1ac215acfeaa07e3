package io.tidemark.catalog.manifest;

import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.ColumnRule.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code columns:} of a load. */
final class ColumnsSection {

  private static final List<String> MASKS = List.of("hash", "truncate", "redact", "null");
  private static final List<String> ORIGINS = List.of("from", "expression", "constant");

  private ColumnsSection() {}

  static List<ColumnRule> read(Section load) {
    List<ColumnRule> rules = new ArrayList<>();
    if (load.has("columns")) {
      Section columns = load.section("columns", "the columns of " + load.name());
      for (String name : columns.keys()) {
        ColumnRule rule = read(name, columns.section(name, "column " + name));
        if (rule != null) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  private static @Nullable ColumnRule read(String name, Section column) {
    column.allow("from", "expression", "constant", "type", "mask", "key", "keep");
    Origin origin = readOrigin(name, column);
    String type = column.read("type", null, text -> ColumnType.parse(text).toString());
    Mask mask = readMask(column);
    if (mask != null && !(mask instanceof Mask.Null) && type != null && !type.equals("string")) {
      column.complain("type", "%s is masked, and so a string".formatted(column.name()));
    }
    if (!(origin instanceof Origin.Column) && type == null) {
      column.complain("%s is no column of the source and needs a type".formatted(column.name()));
    }
    return column.build(() -> new ColumnRule(name, origin, type, mask));
  }

  private static Origin readOrigin(String name, Section column) {
    List<String> said = ORIGINS.stream().filter(column::has).toList();
    if (said.size() > 1) {
      column.complain("%s has %s: expected one of them".formatted(column.name(), said));
    }
    if (column.has("expression")) {
      return new Origin.Expression(column.text("expression"));
    }
    return column.has("constant")
        ? new Origin.Constant(column.text("constant"))
        : new Origin.Column(column.read("from", name, text -> text));
  }

  private static @Nullable Mask readMask(Section column) {
    String mask = column.read("mask", null, ColumnsSection::parseMask);
    refuse(column, "key", "hash", mask);
    refuse(column, "keep", "truncate", mask);
    if (mask == null) {
      return null;
    }
    return switch (mask) {
      case "hash" -> hash(column.read("key", ColumnsSection::parseKey));
      case "truncate" -> truncate(column.read("keep", ColumnsSection::parseCount));
      case "redact" -> new Mask.Redact();
      default -> new Mask.Null();
    };
  }

  private static @Nullable Mask hash(@Nullable String key) {
    return key == null ? null : new Mask.Hash(key);
  }

  private static @Nullable Mask truncate(@Nullable Integer keep) {
    return keep == null ? null : new Mask.Truncate(keep);
  }

  private static void refuse(Section column, String key, String ofMask, @Nullable String mask) {
    if (column.has(key) && !ofMask.equals(mask)) {
      column.complain(key, "'%s' in %s is of mask %s only".formatted(key, column.name(), ofMask));
    }
  }

  private static String parseMask(String text) {
    if (!MASKS.contains(text)) {
      throw new IllegalArgumentException(
          "unknown mask '%s': expected %s%s"
              .formatted(text, String.join(", ", MASKS), Suggestion.of(text, MASKS)));
    }
    return text;
  }

  private static String parseKey(String text) {
    if (!Secrets.isReference(text)) {
      throw new IllegalArgumentException(
          "a key is a secret: expected a reference, ${env:NAME} or ${file:/run/secrets/x}");
    }
    return text;
  }

  private static int parseCount(String text) {
    if (!text.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("expected a number of characters: " + text);
    }
    return Integer.parseInt(text);
  }
}
