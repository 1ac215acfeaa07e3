package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.FieldDecoder;
import org.apache.iceberg.types.Type;

/**
 * How values of a type are asked for, read and kept.
 *
 * @param type the type in Iceberg; the id of a list's element is yet to be given
 * @param cast the type to which the database casts them first; empty for none
 * @param decoder reads them
 */
record TypeMapping(Type type, String cast, FieldDecoder decoder) {

  /** Returns the expression to select for one that yields the database's type. */
  String select(String expression) {
    return cast.isEmpty() ? expression : "CAST(" + expression + " AS " + cast + ")";
  }
}
