package io.tidemark.stream.internal;

import io.tidemark.stream.DeadLetter;
import java.io.Serializable;

/** A part of the next publish. */
public sealed interface Piece extends Serializable permits Flush, Piece.LateRow, Piece.DeadRow {

  /**
   * A row for the quarantine.
   *
   * @param row the contribution in Flink's binary row format
   * @param reason why it is put aside
   */
  record LateRow(byte[] row, String reason) implements Piece {}

  /** An event for the dead-letter table. */
  record DeadRow(DeadLetter letter) implements Piece {}
}
