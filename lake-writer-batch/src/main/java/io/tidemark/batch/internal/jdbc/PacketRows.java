package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of a range of MariaDB or MySQL, decoded from the bytes that the wire brings. */
final class PacketRows extends StatementRows {

  /** So many rows the driver holds at a time, whatever their size. */
  private static final int ROWS_AT_ONCE = 10;

  /** How many rows the server has sent for the statement before, as it counted them. */
  private static final String ROWS_SENT = "SELECT FOUND_ROWS()";

  /** The first column, which is there for the codec, takes one byte: it is empty. */
  private static final int FIRST_FIELD = 1;

  private final FieldDecoder[] decoders;
  private final int[] offsets;
  private final int[] lengths;
  private final RowProof proof = new RowProof();
  private byte[] row = {};
  private long sent;

  PacketRows(JdbcConnection connection, JdbcQuery query, KeyRange range) throws SQLException {
    super(connection, query, "SELECT '', " + query.list() + query.from(range), ROWS_AT_ONCE);
    this.decoders = query.columns().stream().map(PacketRows::decoder).toArray(FieldDecoder[]::new);
    this.offsets = new int[decoders.length];
    this.lengths = new int[decoders.length];
  }

  private static FieldDecoder decoder(JdbcSelection column) {
    return column.mask() == null ? TextDecoders.of(column.type()) : MaskedDecoder.of(column.mask());
  }

  @Override
  public boolean next() {
    try {
      if (!advance()) {
        sent = connection().rows(ROWS_SENT, count -> count.getLong(1)).get(0);
        return false;
      }
      RowPacket packet = result().getObject(1, RowPacket.class);
      row = packet.bytes();
      packet.scan(FIRST_FIELD, offsets, lengths);
    } catch (SQLException e) {
      throw connection().failure(e);
    }
    proof.add(row, FIRST_FIELD, offsets, lengths);
    return true;
  }

  @Override
  public OptionalLong sent() {
    return OptionalLong.of(sent);
  }

  @Override
  public void read(int column, ColumnVector into) {
    int length = lengths[column];
    if (length < 0) {
      into.appendNull();
      return;
    }
    try {
      decoders[column].decode(row, offsets[column], length, into);
    } catch (UnfitValueException e) {
      unfitValues().take(column, e, into);
    }
  }

  @Override
  public int bytes() {
    return row.length;
  }

  @Override
  public Optional<String> proof() {
    return Optional.of(proof.text());
  }
}
