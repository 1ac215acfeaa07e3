package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.ListVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;

/**
 * Decodes an array of one dimension into a list: a header of three 32-bit numbers (dimensions,
 * whether there are nulls, type), length and lower bound of each dimension, then the elements.
 */
final class ListDecoder implements FieldDecoder {

  private static final int HEADER = 3 * Integer.BYTES;
  private static final int DIMENSION = 2 * Integer.BYTES;

  private final FieldDecoder element;

  ListDecoder(FieldDecoder element) {
    this.element = element;
  }

  @Override
  public void decode(byte[] row, int offset, int length, ColumnVector into) {
    int dimensions = Wire.int4(row, offset);
    if (dimensions > 1) {
      throw new UnfitValueException("an array of %d dimensions is no list".formatted(dimensions));
    }
    ListVector list = (ListVector) into;
    if (dimensions == 1) {
      int end = elements(row, offset + HEADER, list.elements());
      Wire.expect(length, end - offset);
    }
    list.endList();
  }

  private int elements(byte[] row, int dimension, ColumnVector into) {
    int count = Wire.int4(row, dimension);
    int position = dimension + DIMENSION;
    for (int i = 0; i < count; i++) {
      int length = Wire.int4(row, position);
      position += Integer.BYTES;
      if (length < 0) {
        into.appendNull();
      } else {
        element.decode(row, position, length, into);
        position += length;
      }
    }
    return position;
  }
}
