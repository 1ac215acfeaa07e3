package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.postgres.copy.ValuePolicy.Unfit;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import io.tidemark.catalog.InvalidRequestException;

/** Reads the values of a column, or of its arrays' elements, under the policy for unfit ones. */
final class ColumnDecoder {

  private final CopyQuery query;
  private final CopyColumn column;
  private final FieldDecoder decoder;
  private final boolean nulls;
  private long unfit;

  ColumnDecoder(CopyQuery query, CopyColumn column) {
    this.query = query;
    this.column = column;
    this.nulls = query.policy().unfit() == Unfit.NULL && !column.required();
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
        throw failure(e);
      }
      unfit++;
      into.appendNull();
    }
  }

  private InvalidRequestException failure(UnfitValueException e) {
    return new InvalidRequestException(
        "Cannot read column %s of %s: %s. %s"
            .formatted(column.name(), query, e.getMessage(), wayOut()),
        e);
  }

  private String wayOut() {
    if (query.isOfQuery()) {
      return "Mend it there, or in the query";
    }
    return column.required()
        ? "It is part of the key: mend it there, or leave the row out by a filter"
        : "Mend it there, leave the row out by a filter, have unfit values become null, or read another expression";
  }
}
