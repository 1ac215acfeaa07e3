package io.tidemark.catalog.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * How the columns of a source differ from those of a plain table. Columns are told by their names.
 *
 * @param added the source's columns that the table lacks
 * @param widened the source's columns that need a wider type than the table has
 * @param nullable the table's columns that may not be null and will be; a key with one of them
 *     identifies rows no more
 * @param missing the table's columns that the source lacks
 * @param unfitting the source's columns whose values the table's type cannot hold
 */
public record SchemaDrift(
    List<Types.NestedField> added,
    List<Types.NestedField> widened,
    List<Types.NestedField> nullable,
    List<Types.NestedField> missing,
    List<Types.NestedField> unfitting) {

  /** Compares a table with a source. */
  public static SchemaDrift of(Schema table, Schema source) {
    SchemaDrift drift =
        new SchemaDrift(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    source.columns().forEach(column -> drift.compare(table.findField(column.name()), column));
    table.columns().stream()
        .filter(column -> source.findField(column.name()) == null)
        .forEach(drift::lose);
    return drift;
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
    if (fits(there.type(), column.type())) {
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

  /** Tells whether every column of the source has its place, or can be given one. */
  public boolean isAdditive() {
    return missing.isEmpty() && unfitting.isEmpty();
  }

  private boolean isEmpty() {
    return added.isEmpty() && widened.isEmpty() && nullable.isEmpty();
  }

  /**
   * Gives the table the columns and types it lacks.
   *
   * @return whether there were any
   */
  public boolean apply(Table table) {
    if (isEmpty()) {
      return false;
    }
    UpdateSchema update = table.updateSchema();
    added.forEach(column -> update.addColumn(column.name(), column.type()));
    widened.forEach(c -> update.updateColumn(c.name(), c.type().asPrimitiveType()));
    nullable.forEach(column -> update.makeColumnOptional(column.name()));
    Set<String> identifier = table.schema().identifierFieldNames();
    if (nullable.stream().map(Types.NestedField::name).anyMatch(identifier::contains)) {
      update.setIdentifierFields(Set.of());
    }
    update.commit();
    return true;
  }

  /** Tells what becomes of a table that takes the source's columns over. */
  public String preview() {
    List<String> texts = new ArrayList<>();
    addTo(
        texts,
        "columns that would be added: ",
        added,
        column -> column.name() + " " + column.type());
    addTo(texts, "wider types: ", widened, column -> column.name() + " " + column.type());
    addTo(texts, "nulls that would be let in: ", nullable, Types.NestedField::name);
    addTo(
        texts,
        "columns that would be null: ",
        Stream.concat(missing.stream(), unfitting.stream()).toList(),
        Types.NestedField::name);
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

  /** Spells out what cannot be applied. */
  public String describe(Schema table) {
    List<String> texts = new ArrayList<>();
    missing.forEach(column -> texts.add("the source lacks column " + column.name()));
    unfitting.forEach(
        column ->
            texts.add(
                "column %s is %s in the source but %s in the table"
                    .formatted(column.name(), column.type(), table.findType(column.name()))));
    return String.join("; ", texts);
  }
}
