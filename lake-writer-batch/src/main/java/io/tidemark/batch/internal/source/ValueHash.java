package io.tidemark.batch.internal.source;

/** The numbers by which a database adds up values that are none. For one thread. */
public interface ValueHash {

  /** Returns the number of a text in UTF-8. */
  long text(byte[] utf8);

  /** Returns the number of a string of bytes. */
  long binary(byte[] bytes);

  /** Returns the number of a UUID. */
  long uuid(byte[] bytes);

  /** Returns the number of a floating point number of 32 bits. */
  long number(float value);

  /** Returns the number of a floating point number of 64 bits. */
  long number(double value);
}
