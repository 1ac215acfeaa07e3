package io.tidemark.catalog.manifest;

import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.manifest.LoadEntry.Consistency;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the load of a plain table, as {@code load:} of a manifest does.
 *
 * <p>Defaults: all rows and columns, which are all there is afterwards; not partitioned; a source
 * that no longer fits and values without a place fail the load; the number of rows is compared; a
 * table is read in one snapshot. For one thread.
 */
public final class LoadBuilder {

  private final String name;
  private final Source.Database source;
  private final Relation relation;
  private List<Relation> except = List.of();
  private LoadMode mode = new LoadMode.Full();
  private final List<PartitionBy> partition = new ArrayList<>();
  private @Nullable String where;
  private List<String> include = List.of();
  private List<String> exclude = List.of();
  private final List<ColumnRule> columns = new ArrayList<>();
  private OnDrift onDrift = OnDrift.FAIL;
  private OnUnmappable onUnmappable = OnUnmappable.FAIL;
  private Parity parity = Parity.ROWS;
  private Consistency consistency = Consistency.TABLE;

  LoadBuilder(String name, Source.Database source, Relation relation) {
    this.name = name;
    this.source = source;
    this.relation = relation;
  }

  /** Starts from an entry, under another name and for another table. */
  LoadBuilder(LoadEntry like, String name, Relation relation) {
    this(name, like.source(), relation);
    this.except = like.except();
    this.mode = like.mode();
    this.partition.addAll(like.partition());
    this.where = like.where();
    this.include = like.include();
    this.exclude = like.exclude();
    this.columns.addAll(like.columns());
    this.onDrift = like.onDrift();
    this.onUnmappable = like.onUnmappable();
    this.parity = like.parity();
    this.consistency = like.consistency();
  }

  /** Leaves tables out that the wildcards of the relation stand for. */
  public LoadBuilder except(List<Relation> tables) {
    this.except = tables;
    return this;
  }

  /** Sets which rows are loaded, and what becomes of those there are. */
  public LoadBuilder mode(LoadMode other) {
    this.mode = other;
    return this;
  }

  /**
   * Adds a field to the plain table's partitioning: {@code region}, {@code day(created_at)}, {@code
   * bucket(16, id)} and the like.
   *
   * @throws IllegalArgumentException if there is no such transform
   */
  public LoadBuilder partition(String field) {
    return partition(PartitionBy.parse(field));
  }

  LoadBuilder partition(PartitionBy field) {
    partition.add(field);
    return this;
  }

  /** Loads only rows that meet a condition in the source's SQL; null for all of them. */
  public LoadBuilder where(@Nullable String condition) {
    this.where = condition;
    return this;
  }

  /** Loads these columns only; none for all of them. */
  public LoadBuilder include(List<String> names) {
    this.include = names;
    return this;
  }

  /** Does not load these columns. */
  public LoadBuilder exclude(List<String> names) {
    this.exclude = names;
    return this;
  }

  /** Adds a column that is not simply one of the source. */
  public LoadBuilder column(ColumnRule rule) {
    columns.add(rule);
    return this;
  }

  /** Sets what to do where the source no longer fits the table. */
  public LoadBuilder onDrift(OnDrift policy) {
    this.onDrift = policy;
    return this;
  }

  /** Sets what to do about values that have no place in their column's type. */
  public LoadBuilder onUnmappable(OnUnmappable policy) {
    this.onUnmappable = policy;
    return this;
  }

  /** Sets what must be the same in the database and in the files. */
  public LoadBuilder parity(Parity other) {
    this.parity = other;
    return this;
  }

  /** Sets what is read in one snapshot where connections cannot share one. */
  public LoadBuilder consistency(Consistency other) {
    this.consistency = other;
    return this;
  }

  public LoadEntry build() {
    return new LoadEntry(
        name,
        source,
        relation,
        except,
        mode,
        partition,
        where,
        include,
        exclude,
        columns,
        onDrift,
        onUnmappable,
        parity,
        consistency);
  }
}
