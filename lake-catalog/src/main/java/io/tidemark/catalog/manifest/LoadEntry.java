package io.tidemark.catalog.manifest;

import io.tidemark.catalog.PlainTable.OnDrift;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plain table of the manifest, and the table of a database that it is loaded from; or, where the
 * relation has wildcards, one for every table of the database that they match.
 *
 * @param name the dotted name; with wildcards an asterisk in it stands for the name of the table,
 *     and {@code {schema}} for that of its schema
 * @param source the database
 * @param relation the schema and the name of the table there
 * @param except tables that the wildcards do not stand for
 * @param mode which rows are loaded, and what becomes of those there are
 * @param partition how the plain table is partitioned; empty for not at all
 * @param where a condition on the source's rows in its SQL, or null for all of them
 * @param include the columns to load; empty for all of them
 * @param exclude columns not to load
 * @param columns columns that are not simply those of the source, in the manifest's order
 * @param onDrift what to do where the source no longer fits the table
 * @param onUnmappable what to do about values that have no place in the column's type
 * @param parity what must be the same in the database and in the files before the load is committed
 * @param consistency what is read in one snapshot where connections cannot share one
 */
public record LoadEntry(
    String name,
    Source.Database source,
    Relation relation,
    List<Relation> except,
    LoadMode mode,
    List<PartitionBy> partition,
    @Nullable String where,
    List<String> include,
    List<String> exclude,
    List<ColumnRule> columns,
    OnDrift onDrift,
    OnUnmappable onUnmappable,
    Parity parity,
    Consistency consistency)
    implements Serializable {

  /** What stands for names of the source, which may hold the like themselves. */
  private static final Pattern PLACE = Pattern.compile("\\{schema}|\\*");

  public LoadEntry {
    except = List.copyOf(except);
    partition = List.copyOf(partition);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    columns = List.copyOf(columns);
  }

  /**
   * Starts a load from a program, without a manifest.
   *
   * @param name the dotted name of the plain table
   * @param source the database; its user and password may be references to secrets
   * @param table the table there, as it is, unquoted
   */
  public static LoadBuilder of(String name, Source.Database source, Relation table) {
    return new LoadBuilder(name, source, table);
  }

  /** Tells whether a name of a wildcard, or part of one, is another for each table or schema. */
  public static boolean isPattern(String name) {
    return PLACE.matcher(name).find();
  }

  /** Tells whether this stands for all tables that its wildcards match. */
  public boolean isWildcard() {
    return relation.isWildcard();
  }

  /** Tells whether this stands for a table of its source. */
  public boolean standsFor(Relation table) {
    return relation.matches(table) && except.stream().noneMatch(e -> e.matches(table));
  }

  /**
   * Tells whether a table of the lake may be one that the wildcards come to, by its dotted name.
   */
  public boolean mayName(String table) {
    return Relation.matches(name.replace("{schema}", "*"), table);
  }

  /** Returns the entry of one of the tables that this stands for. */
  public LoadEntry of(Relation table) {
    String target =
        PLACE
            .matcher(name)
            .replaceAll(
                place ->
                    Matcher.quoteReplacement(
                        place.group().equals("*") ? table.table() : table.schema()));
    return new LoadBuilder(this, target, table).except(List.of()).build();
  }

  /** Tells whether a column of the source is loaded, under whatever name. */
  public boolean loads(String sourceColumn) {
    boolean included = include.isEmpty() || include.contains(sourceColumn);
    return included && !exclude.contains(sourceColumn);
  }

  /** Tells whether a column of the source is loaded, and under one name at least not masked. */
  public boolean shows(String sourceColumn) {
    List<ColumnRule> rules =
        columns.stream().filter(rule -> sourceColumn.equals(rule.sourceColumn())).toList();
    return loads(sourceColumn)
        && (rules.isEmpty() || rules.stream().anyMatch(rule -> rule.mask() == null));
  }

  /** Returns this load with another parity. */
  public LoadEntry withParity(Parity other) {
    return new LoadBuilder(this, name, relation).parity(other).build();
  }

  /**
   * The name of a table in a database, or a pattern of such names.
   *
   * @param schema the schema, as it is, unquoted; an asterisk stands for any characters
   * @param table the table, likewise
   */
  public record Relation(String schema, String table) implements Serializable {

    boolean isWildcard() {
      return (schema + table).indexOf('*') >= 0;
    }

    boolean matches(Relation other) {
      return matches(schema, other.schema) && matches(table, other.table);
    }

    private static boolean matches(String pattern, String name) {
      String regex =
          Arrays.stream(pattern.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }

    /** Shows the name with a dot, for people. */
    @Override
    public String toString() {
      return schema + "." + table;
    }
  }

  /** What a load does about a value that its column cannot hold, such as NaN in a decimal. */
  public enum OnUnmappable {
    /** It fails, and names the value and its column. */
    FAIL,
    /** It loads null, and counts. */
    NULL
  }

  /** What a load compares, in the database and in its files. */
  public enum Parity {
    /** The number of rows, as the database counted what it sent or counts what it has. */
    ROWS,
    /** That, and per column the number and a sum of its values, read again from the files. */
    CHECKSUMS
  }

  /** What is read in one snapshot of a database whose connections cannot share one. */
  public enum Consistency {
    /** The table, by one connection. */
    TABLE,
    /** Each of its ranges, by several connections. */
    RANGES
  }
}
