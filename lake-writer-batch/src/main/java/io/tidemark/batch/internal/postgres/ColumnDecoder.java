package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import org.jspecify.annotations.Nullable;

/** Reads the values of a column, or of its arrays' elements, under the policy for unfit ones. */
final class ColumnDecoder {

  private final CopyQuery query;
  private final CopyColumn column;
  private final FieldDecoder decoder;
  private final boolean nulls;
  private long unfit;

  /** Where the last value was that did not fit: a partition's column is read twice. */
  private byte @Nullable [] lastRow;

  private int lastOffset;

  ColumnDecoder(CopyQuery query, CopyColumn column) {
    this.query = query;
    this.column = column;
    this.nulls = query.onUnmappable() == OnUnmappable.NULL && !column.required();
    this.decoder =
        column.mask() == null
            ? query.types(this::lenient).of(column.type()).decoder()
            : MaskedDecoder.of(column.mask());
  }

  String name() {
    return column.name();
  }

  /** Returns how many values became null because they did not fit. */
  long unfit() {
    return unfit;
  }

  void decode(byte[] row, int offset, int length, ColumnVector into) {
    decode(decoder, row, offset, length, into);
  }

  private FieldDecoder lenient(FieldDecoder element) {
    return (row, offset, length, into) -> decode(element, row, offset, length, into);
  }

  private void decode(FieldDecoder field, byte[] row, int offset, int length, ColumnVector into) {
    try {
      field.decode(row, offset, length, into);
    } catch (UnfitValueException e) {
      if (!nulls) {
        throw e.failure(column.name(), column.required(), query, query.isOfQuery());
      }
      count(row, offset);
      into.appendNull();
    }
  }

  private void count(byte[] row, int offset) {
    if (row != lastRow || offset != lastOffset) {
      lastRow = row;
      lastOffset = offset;
      unfit++;
    }
  }
}
