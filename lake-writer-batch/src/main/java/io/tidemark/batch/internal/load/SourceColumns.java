package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.ColumnRule;
import io.tidemark.catalog.manifest.ColumnRule.Origin;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Mask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The columns that a load takes from its source, as the manifest asks for them. */
final class SourceColumns {

  private static final Pattern VARYING =
      Pattern.compile(
          "(?i)(n?varchar2?|character varying|\\w*text|n?clob|\\w*blob|varbinary|enum|set)\\b.*");

  private final LoadEntry entry;
  private final SourceTable relation;

  /** A part of a key tells no rows apart. */
  private final boolean keyed;

  private final Map<String, SelectedColumn> columns = new LinkedHashMap<>();

  /**
   * Chooses the columns.
   *
   * @throws InvalidRequestException if the manifest names columns that the source lacks, or asks
   *     for types that theirs cannot become, or a column may not be read
   */
  SourceColumns(LoadEntry entry, SourceTable relation) {
    this.entry = entry;
    this.relation = relation;
    checkNames();
    List<? extends SourceColumn> wanted =
        relation.columns().stream().filter(c -> entry.loads(c.name())).toList();
    checkRuled();
    checkReadable(wanted);
    this.keyed =
        relation.columns().stream()
            .filter(relation::isKey)
            .allMatch(column -> entry.shows(column.name()));
    wanted.forEach(this::add);
    entry.columns().stream().filter(rule -> rule.sourceColumn() == null).forEach(this::compute);
  }

  private void checkNames() {
    List<String> names = relation.columns().stream().map(SourceColumn::name).toList();
    Stream<String> ruled =
        entry.columns().stream().map(ColumnRule::sourceColumn).filter(Objects::nonNull);
    List<String> unknown =
        Stream.of(entry.include().stream(), entry.exclude().stream(), ruled)
            .flatMap(named -> named)
            .filter(name -> !names.contains(name))
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot load %s: %s of %s has no column %s, it has %s"
              .formatted(
                  entry.name(),
                  entry.relation(),
                  entry.source(),
                  String.join(", ", unknown),
                  String.join(", ", names)));
    }
  }

  private void checkRuled() {
    List<String> lost =
        entry.columns().stream()
            .map(ColumnRule::sourceColumn)
            .filter(name -> name != null && !entry.loads(name))
            .distinct()
            .toList();
    if (!lost.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot load %s: columns says what becomes of %s, which is left out by include or exclude. Take it out of one of them"
              .formatted(entry.name(), String.join(", ", lost)));
    }
  }

  private void checkReadable(List<? extends SourceColumn> wanted) {
    List<String> hidden =
        wanted.stream().filter(c -> !c.readable()).map(SourceColumn::name).toList();
    if (!hidden.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot load %s: the user of %s may not read column %s of %s. Grant it, or exclude the column"
              .formatted(
                  entry.name(), entry.source(), String.join(", ", hidden), entry.relation()));
    }
  }

  /** A column may be loaded under several names; one of them is in the key. */
  private void add(SourceColumn column) {
    boolean key = keyed && relation.isKey(column);
    List<ColumnRule> rules =
        entry.columns().stream().filter(rule -> column.name().equals(rule.sourceColumn())).toList();
    if (rules.isEmpty()) {
      put(relation.select(column, key));
    }
    for (ColumnRule rule : rules) {
      boolean shown = rule.mask() == null;
      put(ruled(relation.select(column, key && shown).named(rule.name()), rule));
      key &= !shown;
    }
  }

  /** What is computed is cast, as the manifest says of what type it is. */
  private void compute(ColumnRule rule) {
    Type type = Types.fromPrimitiveString(Objects.requireNonNull(rule.type()));
    put(masked(relation.computed(rule.name(), computed(rule), type), rule));
  }

  private String computed(ColumnRule rule) {
    return rule.origin() instanceof Origin.Expression computed
        ? computed.sql()
        : relation.literal(((Origin.Constant) rule.origin()).text());
  }

  private SelectedColumn ruled(SelectedColumn column, ColumnRule rule) {
    SelectedColumn typed =
        rule.type() == null ? column : as(column, Types.fromPrimitiveString(rule.type()));
    return masked(typed, rule);
  }

  private SelectedColumn masked(SelectedColumn column, ColumnRule rule) {
    if (rule.mask() == null) {
      return column;
    }
    if (rule.mask() instanceof Mask.Null) {
      return column.asNull();
    }
    MaskedDecoder.of(rule.mask()); // A key that is missing is noticed before anything is created.
    return as(column, Types.StringType.get()).maskedBy(rule.mask());
  }

  private void put(SelectedColumn column) {
    for (String there : columns.keySet()) {
      if (there.equalsIgnoreCase(column.name())) {
        throw new InvalidRequestException(
            "Cannot load %s: column %s would be %s too%s. Exclude one, or rename it"
                .formatted(
                    entry.name(),
                    there,
                    column.name(),
                    there.equals(column.name()) ? "" : " for engines that fold case"));
      }
    }
    columns.put(column.name(), column);
  }

  /**
   * Tells how the texts of a column of the plain table come about, where it is one: under another
   * type or rule the same value may be another text.
   */
  Optional<String> form(Types.NestedField column) {
    return switch (column.type().typeId()) {
      case STRING, BINARY, FIXED -> Optional.of(column.name() + " from " + form(column.name()));
      default -> Optional.empty();
    };
  }

  private String form(String name) {
    return entry.columns().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .map(this::form)
        .orElseGet(() -> typed(name));
  }

  private String form(ColumnRule rule) {
    String source = rule.sourceColumn();
    String origin = source == null ? computed(rule) : typed(source);
    return rule.mask() == null ? origin : origin + ", " + MaskedDecoder.describe(rule.mask());
  }

  /** Of texts of any length the length is no matter, nor which labels there are. */
  private String typed(String source) {
    String type =
        relation.columns().stream()
            .filter(column -> column.name().equals(source))
            .findFirst()
            .map(column -> relation.select(column, false).typeName())
            .orElse("no column");
    return "%s %s".formatted(source, VARYING.matcher(type).matches() ? "text" : type);
  }

  /** Returns the columns as Iceberg has them. */
  Schema schema() {
    return query(List.copyOf(columns.values()), "").icebergSchema();
  }

  /**
   * Returns what to read for a table, in the order of its columns; null for what is not there.
   *
   * @param filter a condition in the source's SQL, beside the manifest's; empty for none
   */
  SourceQuery queryFor(Schema table, String filter) {
    Schema source = schema();
    return query(
        table.columns().stream()
            .map(column -> columnFor(column, source.findField(column.name())))
            .toList(),
        filter);
  }

  private SelectedColumn columnFor(Types.NestedField column, Types.NestedField source) {
    if (source == null) {
      return relation.nulls(column.name());
    }
    SelectedColumn copied = columns.get(column.name());
    if (isSame(source.type(), column.type())) {
      return copied;
    }
    return copied.as(column.type()).orElseGet(() -> relation.nulls(column.name()));
  }

  /** The ids of a list's elements differ from table to table. */
  private static boolean isSame(Type one, Type other) {
    return one.isListType() && other.isListType()
        ? isSame(one.asListType().elementType(), other.asListType().elementType())
        : one.equals(other);
  }

  private SelectedColumn as(SelectedColumn column, Type asked) {
    return column
        .as(asked)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "Cannot load %s: column %s is %s in %s, which cannot become %s. Leave out its type, or compute it by an expression"
                        .formatted(
                            entry.name(),
                            column.name(),
                            column.typeName(),
                            entry.relation(),
                            asked)));
  }

  private SourceQuery query(List<SelectedColumn> selected, String filter) {
    String where = entry.where() == null ? "" : entry.where();
    String both =
        where.isEmpty() || filter.isEmpty()
            ? where + filter
            : "(%s\n) AND %s".formatted(where, filter);
    return relation.query(selected, both, entry.onUnmappable());
  }
}
