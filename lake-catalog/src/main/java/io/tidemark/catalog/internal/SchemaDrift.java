package io.tidemark.catalog.internal;

import io.tidemark.catalog.PlainTable.OnDrift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * How the columns of a source differ from those of a plain table, and what becomes of that. Columns
 * are told by their names.
 *
 * @param onDrift what to do about it
 * @param added the source's columns that the table lacks
 * @param widened the source's columns that need a wider type than the table has; none where the
 *     table stays as it is
 * @param nullable the table's columns that may not be null and will be; a key with one of them
 *     identifies rows no more
 * @param missing the table's columns that the source lacks
 * @param unfitting the source's columns whose values the table's type cannot hold
 * @param outgrown the columns that tell the source's rows apart, where the table's do no more; else
 *     none
 */
public record SchemaDrift(
    OnDrift onDrift,
    List<Types.NestedField> added,
    List<Types.NestedField> widened,
    List<Types.NestedField> nullable,
    List<Types.NestedField> missing,
    List<Types.NestedField> unfitting,
    Set<String> outgrown) {

  /** Compares a table with a source. */
  public static SchemaDrift of(Schema table, Schema source, OnDrift onDrift) {
    SchemaDrift drift =
        new SchemaDrift(
            onDrift,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            outgrown(table.identifierFieldNames(), source.identifierFieldNames()));
    source.columns().forEach(column -> drift.compare(table.findField(column.name()), column));
    table.columns().stream()
        .filter(column -> source.findField(column.name()) == null)
        .forEach(drift::lose);
    return drift;
  }

  /** Part of a key tells no rows apart; more than a key does. */
  private static Set<String> outgrown(Set<String> table, Set<String> source) {
    return table.isEmpty() || table.containsAll(source) ? Set.of() : new TreeSet<>(source);
  }

  private void compare(Types.NestedField there, Types.NestedField column) {
    if (there == null) {
      added.add(column);
      return;
    }
    if (column.isOptional()) {
      mayBeNull(there);
    }
    if (fits(column.type(), there.type())) {
      return;
    }
    if (evolves() && fits(there.type(), column.type())) {
      widened.add(column);
    } else {
      unfitting.add(column);
      mayBeNull(there);
    }
  }

  private void lose(Types.NestedField there) {
    missing.add(there);
    mayBeNull(there);
  }

  private void mayBeNull(Types.NestedField there) {
    if (there.isRequired() && !nullable.contains(there)) {
      nullable.add(there);
    }
  }

  /** The elements of a list are as they are: no column of a table is rewritten for them. */
  private static boolean fits(Type from, Type to) {
    if (from.isListType() && to.isListType()) {
      return from.asListType().elementType().equals(to.asListType().elementType());
    }
    return to.isPrimitiveType() && TypeUtil.isPromotionAllowed(from, to.asPrimitiveType());
  }

  private boolean evolves() {
    return onDrift != OnDrift.IGNORE;
  }

  /** Tells why the source must not be loaded into a table with these columns, if so. */
  public Optional<String> refusal(Schema table) {
    return switch (onDrift) {
      case FAIL ->
          missing.isEmpty() && unfitting.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  "%s. Change the source or the table, or load with on-drift: null or ignore"
                      .formatted(difference(table)));
      case IGNORE -> refusalAsItIs(table);
      case NULL -> added.stream().flatMap(column -> folded(column, table)).findFirst();
    };
  }

  private Optional<String> refusalAsItIs(Schema table) {
    if (nullable.isEmpty() && outgrown.isEmpty()) {
      return Optional.empty();
    }
    String reason =
        nullable.isEmpty()
            ? "%s told the rows of the table apart, and those of the source by %s"
                .formatted(sorted(table.identifierFieldNames()), String.join(", ", outgrown))
            : "%s must not be null in the table, and could be: %s"
                .formatted(names(nullable), whyNull(table));
    return Optional.of(
        "%s. Change the source or the table, or load with on-drift: null".formatted(reason));
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  /** Two columns whose names differ in case only are one to many engines, which then fail. */
  private static Stream<String> folded(Types.NestedField column, Schema table) {
    return table.columns().stream()
        .map(Types.NestedField::name)
        .filter(name -> name.equalsIgnoreCase(column.name()))
        .map(
            name ->
                "the source's column %s would be added beside %s, and many engines take them for one. Rename one of them"
                    .formatted(column.name(), name));
  }

  /**
   * Gives the table the columns, types and nulls it lacks.
   *
   * @return whether there were any
   */
  public boolean apply(Table table) {
    if (changesNothing()) {
      return false;
    }
    update(table).commit();
    return true;
  }

  /** Returns the columns that the table would have then, and leaves it as it is. */
  public Schema applied(Table table) {
    return changesNothing() ? table.schema() : update(table).apply();
  }

  private boolean changesNothing() {
    return !evolves()
        || added.isEmpty() && widened.isEmpty() && nullable.isEmpty() && outgrown.isEmpty();
  }

  private UpdateSchema update(Table table) {
    UpdateSchema update = table.updateSchema();
    added.forEach(column -> update.addColumn(null, column.name(), column.type()));
    widened.forEach(c -> update.updateColumn(c.name(), c.type().asPrimitiveType()));
    nullable.forEach(column -> update.makeColumnOptional(column.name()));
    Set<String> identifier = table.schema().identifierFieldNames();
    if (!outgrown.isEmpty()
        || nullable.stream().map(Types.NestedField::name).anyMatch(identifier::contains)) {
      update.setIdentifierFields(Set.of());
    }
    return update;
  }

  /** Tells what becomes of a table with these columns that takes the source's rows over. */
  public String preview(Schema table) {
    List<String> texts = new ArrayList<>();
    String added =
        evolves() ? "columns that would be added: " : "columns that would not be loaded: ";
    addTo(texts, added, this.added, SchemaDrift::typed);
    addTo(texts, "wider types: ", widened, SchemaDrift::typed);
    addTo(texts, "nulls that would be let in: ", nullable, Types.NestedField::name);
    addTo(texts, "columns that would be null: ", missing, Types.NestedField::name);
    addTo(
        texts,
        "columns whose values would be cast or null: ",
        unfitting,
        column -> "%s, in the table %s".formatted(typed(column), table.findType(column.name())));
    if (!outgrown.isEmpty()) {
      texts.add("rows told apart by " + String.join(", ", outgrown));
    }
    return texts.isEmpty() ? "matches" : "matches but for " + String.join("; ", texts);
  }

  private static void addTo(
      List<String> texts,
      String title,
      List<Types.NestedField> columns,
      Function<Types.NestedField, String> text) {
    if (!columns.isEmpty()) {
      texts.add(title + columns.stream().map(text).collect(Collectors.joining(", ")));
    }
  }

  private static String typed(Types.NestedField column) {
    return column.name() + " " + column.type();
  }

  private static String names(List<Types.NestedField> columns) {
    return columns.stream().map(Types.NestedField::name).collect(Collectors.joining(", "));
  }

  private String whyNull(Schema table) {
    return nullable.stream()
        .map(column -> whyNull(column, table))
        .collect(Collectors.joining("; "));
  }

  private String whyNull(Types.NestedField column, Schema table) {
    if (missing.contains(column)) {
      return lost(column);
    }
    return unfitting.stream()
        .filter(other -> other.name().equals(column.name()))
        .findFirst()
        .map(other -> changed(other, table))
        .orElse("column %s is no key of the source any more".formatted(column.name()));
  }

  /** Spells out what the columns of a table do not take. */
  private String difference(Schema table) {
    return Stream.concat(
            missing.stream().map(SchemaDrift::lost),
            unfitting.stream().map(column -> changed(column, table)))
        .collect(Collectors.joining("; "));
  }

  private static String lost(Types.NestedField column) {
    return "the source lacks column " + column.name();
  }

  private static String changed(Types.NestedField column, Schema table) {
    return "column %s is %s in the source but %s in the table"
        .formatted(column.name(), column.type(), table.findType(column.name()));
  }
}
