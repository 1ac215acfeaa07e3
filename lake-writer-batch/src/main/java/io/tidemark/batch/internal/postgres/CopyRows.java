package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.catalog.LakeException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a range, as they come. For one thread; {@link Session#cancel()} ends it from another.
 */
final class CopyRows implements SourceRows {

  private final Session session;
  private final @Nullable String proof;
  private final CopyQuery query;
  private final CopyStream stream;
  private final ColumnDecoder[] decoders;
  private final int[] offsets;
  private final int[] lengths;
  private byte[] row = {};

  private CopyRows(Session session, CopyQuery query, CopyStream stream, @Nullable String proof) {
    this.session = session;
    this.proof = proof;
    this.query = query;
    this.stream = stream;
    this.decoders =
        query.columns().stream()
            .map(column -> new ColumnDecoder(query, column))
            .toArray(ColumnDecoder[]::new);
    this.offsets = new int[decoders.length];
    this.lengths = new int[decoders.length];
  }

  /**
   * Begins to read.
   *
   * @param session what it reads with, and nothing else until this is closed
   * @param proof what is to tell later whether the rows have changed, or null
   * @throws LakeException if the database refuses
   */
  static CopyRows open(Session session, CopyQuery query, Copied range, @Nullable String proof) {
    try {
      CopyStream stream = CopyStream.open(session, query.copy(range));
      return new CopyRows(session, query, stream, proof);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  @Override
  public boolean next() {
    try {
      if (!stream.next(decoders.length)) {
        return false;
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
    scan();
    return true;
  }

  @Override
  public void read(int column, ColumnVector into) {
    int length = lengths[column];
    if (length < 0) {
      into.appendNull();
    } else {
      decoders[column].decode(row, offsets[column], length, into);
    }
  }

  @Override
  public int bytes() {
    return row.length;
  }

  /** The statement that sends them counts them. */
  @Override
  public OptionalLong sent() {
    return OptionalLong.of(stream.sent());
  }

  @Override
  public Map<String, Long> unfit() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (ColumnDecoder decoder : decoders) {
      if (decoder.unfit() > 0) {
        counts.put(decoder.name(), decoder.unfit());
      }
    }
    return counts;
  }

  @Override
  public Optional<String> proof() {
    return Optional.ofNullable(proof);
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public String toString() {
    return "rows of " + query;
  }

  /** Finds where the fields are; they are decoded when a column is read. */
  private void scan() {
    byte[] bytes = stream.message();
    int position = stream.position();
    for (int i = 0; i < offsets.length; i++) {
      int length = Wire.int4(bytes, position);
      position += Integer.BYTES;
      offsets[i] = position;
      lengths[i] = length;
      position += Math.max(length, 0);
    }
    row = bytes;
    stream.consumed(position);
  }
}
