package io.tidemark.catalog.manifest;

import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.manifest.LoadEntry.Consistency;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads an entry of {@code tables:} that has a {@code load:}, and so is a plain table. */
final class LoadSection {

  private LoadSection() {}

  static @Nullable LoadEntry read(String name, Section table, Sources sources) {
    table.allow("load");
    Section load = table.section("load", "the load of " + name);
    load.allow(
        "from",
        "mode",
        "cursor",
        "key",
        "partition",
        "where",
        "include",
        "exclude",
        "columns",
        "on-drift",
        "on-unmappable",
        "parity",
        "consistency");
    Section from = load.section("from");
    if (from == null) {
      return null;
    }
    from.allow("source", "table", "except");
    Source.Database source = sources.find(from, Source.Database.class);
    Relation relation = from.read("table", LoadSection::parseRelation);
    List<Relation> except = from.list("except", LoadSection::parseRelation);
    checkWildcards(name, from, relation);
    LoadMode mode = LoadModeSection.read(load);
    List<PartitionBy> partition = load.list("partition", PartitionBy::parse);
    String where = load.read("where", null, text -> text);
    List<String> include = load.list("include", text -> text);
    List<String> exclude = load.list("exclude", text -> text);
    List<ColumnRule> columns = ColumnsSection.read(load);
    OnDrift onDrift = load.read("on-drift", OnDrift.FAIL, LoadSection::parseDrift);
    OnUnmappable onUnmappable =
        load.read("on-unmappable", OnUnmappable.FAIL, LoadSection::parseUnmappable);
    Parity parity = load.read("parity", Parity.ROWS, LoadSection::parseParity);
    Consistency consistency =
        load.read("consistency", Consistency.TABLE, LoadSection::parseConsistency);
    return table.build(
        () -> {
          LoadBuilder entry = LoadEntry.of(name, source, relation).except(except).mode(mode);
          partition.forEach(entry::partition);
          columns.forEach(entry::column);
          return entry
              .where(where)
              .include(include)
              .exclude(exclude)
              .onDrift(onDrift)
              .onUnmappable(onUnmappable)
              .parity(parity)
              .consistency(consistency)
              .build();
        });
  }

  /** Tables need names of their own, and one table needs no pattern. */
  private static void checkWildcards(String name, Section from, @Nullable Relation relation) {
    if (relation == null || relation.isWildcard() == (name.indexOf('*') >= 0)) {
      return;
    }
    from.complain(
        "table",
        relation.isWildcard()
            ? "%s stands for several tables: name them with an asterisk, as in raw.*"
                .formatted(relation)
            : "%s names several tables, but %s is one".formatted(name, relation));
  }

  /** The schema ends at the first dot; a name with more dots than that is the table's. */
  private static Relation parseRelation(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw new IllegalArgumentException("expected <schema>.<table>, as in public.orders: " + text);
    }
    return new Relation(text.substring(0, dot), text.substring(dot + 1));
  }

  private static OnDrift parseDrift(String text) {
    return parse(OnDrift.class, text, "expected fail, ignore or null: ");
  }

  private static OnUnmappable parseUnmappable(String text) {
    return parse(OnUnmappable.class, text, "expected fail or null: ");
  }

  private static Parity parseParity(String text) {
    return switch (text) {
      case "rows" -> Parity.ROWS;
      case "checksums" -> Parity.CHECKSUMS;
      default -> throw new IllegalArgumentException("expected rows or checksums: " + text);
    };
  }

  private static Consistency parseConsistency(String text) {
    return parse(Consistency.class, text, "expected table or ranges: ");
  }

  private static <E extends Enum<E>> E parse(Class<E> kind, String text, String expected) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(expected + text));
  }
}
