package io.tidemark.catalog.manifest;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How one column of a plain table comes about, where it is not simply a column of the source.
 *
 * @param name the name in the plain table
 * @param origin what it is made of
 * @param type the type asked for, in Iceberg's names, or null for the one that the origin comes to
 * @param mask how its values are made unreadable, or null
 */
public record ColumnRule(String name, Origin origin, @Nullable String type, @Nullable Mask mask)
    implements Serializable {

  /** What a column is made of. */
  public sealed interface Origin extends Serializable {

    /**
     * A column of the source.
     *
     * @param name its name there
     */
    record Column(String name) implements Origin {}

    /**
     * An expression over the columns of a row.
     *
     * @param sql in the source's SQL
     */
    record Expression(String sql) implements Origin {}

    /**
     * The same value in every row.
     *
     * @param text the value, as the source's SQL reads a text as the column's type
     */
    record Constant(String text) implements Origin {}
  }

  /** Returns the name of the source's column that it is, or null. */
  public @Nullable String sourceColumn() {
    return origin instanceof Origin.Column column ? column.name() : null;
  }
}
