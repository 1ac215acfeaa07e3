package io.tidemark.catalog.manifest;

import java.io.Serializable;

/** How values are made unreadable before they are written. Nulls stay null. */
public sealed interface Mask extends Serializable {

  /**
   * The HMAC-SHA-256 of the value's text, in hexadecimal: equal values stay equal, and without the
   * key nobody can try values out.
   *
   * @param key a reference to the key, resolved on the task
   */
  record Hash(String key) implements Mask {

    /** Shows no key, not even where it is one instead of a reference. */
    @Override
    public String toString() {
      return "hash";
    }
  }

  /**
   * The first characters of the value's text.
   *
   * @param keep how many
   */
  record Truncate(int keep) implements Mask {}

  /** Three asterisks. */
  record Redact() implements Mask {}

  /** Null, in the column's own type. */
  record Null() implements Mask {}
}
