package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a contract among those that a query brings, by their names. */
final class SettledColumns {

  /** What whole numbers are read as that may be too long for their column, such as sums. */
  private static final Types.DecimalType ANY_INTEGER = Types.DecimalType.of(38, 0);

  private final SourceTable brought;
  private final List<SelectedColumn> selected = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  SettledColumns(SettledQuery query, SourceTable brought) {
    this.brought = brought;
    List<String> wanted = query.columns().stream().map(Types.NestedField::name).toList();
    List<String> there = brought.columns().stream().map(SourceColumn::name).toList();
    List<String> missing = wanted.stream().filter(name -> !there.contains(name)).toList();
    List<String> extra = there.stream().filter(name -> !wanted.contains(name)).toList();
    if (!missing.isEmpty()) {
      complaints.add("does not bring " + String.join(", ", missing));
    }
    if (!extra.isEmpty()) {
      complaints.add("brings " + String.join(", ", extra) + ", which the table has not");
    }
    query.columns().forEach(this::find);
  }

  /**
   * Returns what to read, in the order of the query's columns; of use where there are no
   * complaints.
   */
  List<SelectedColumn> selected() {
    return selected;
  }

  List<String> complaints() {
    return complaints;
  }

  private void find(Types.NestedField column) {
    SourceColumn there = named(brought, column.name());
    if (there == null) {
      return;
    }
    SelectedColumn as = brought.select(there, false);
    Optional<SelectedColumn> fitting = fit(as, column.type());
    fitting.ifPresentOrElse(
        selected::add,
        () ->
            complaints.add(
                "brings %s as %s for %s".formatted(column.name(), as.typeName(), column.type())));
  }

  static @Nullable SourceColumn named(SourceTable table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private Optional<SelectedColumn> fit(SelectedColumn column, Type type) {
    Type own = type(column);
    if (type.typeId() == TypeID.STRING || type.typeId() == TypeID.FIXED) {
      TypeID kind = type.typeId() == TypeID.STRING ? TypeID.STRING : TypeID.BINARY;
      return own.typeId() == kind ? Optional.of(column) : Optional.empty();
    }
    Optional<SelectedColumn> exactly = column.as(type);
    boolean isInteger = type.typeId() == TypeID.INTEGER || type.typeId() == TypeID.LONG;
    return exactly.isEmpty() && isInteger ? column.as(ANY_INTEGER) : exactly;
  }

  private Type type(SelectedColumn column) {
    return brought
        .query(List.of(column), "", OnUnmappable.FAIL)
        .icebergSchema()
        .columns()
        .get(0)
        .type();
  }
}
