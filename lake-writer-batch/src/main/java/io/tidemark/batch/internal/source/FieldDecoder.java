package io.tidemark.batch.internal.source;

import io.tidemark.batch.internal.columnar.ColumnVector;

/** Reads a field of the wire that is not null into a vector. Decoders keep no state. */
@FunctionalInterface
public interface FieldDecoder {

  /**
   * Appends one value.
   *
   * @param row the bytes of a row
   * @param offset where the field begins
   * @param length how many bytes it has
   * @throws UnfitValueException if the vector cannot hold the value; nothing was appended to it
   */
  void decode(byte[] row, int offset, int length, ColumnVector into);
}
