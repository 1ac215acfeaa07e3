package io.tidemark.benchmarks.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Rows as columns: primitive arrays, one after the other, reused from batch to batch. */
public final class ColumnBatch {
  private static final int BYTES_PER_TEXT = 16;

  private final List<Column> columns;
  private final long[][] numbers;
  private final byte[][] bytes;
  private final int[][] ends;
  private final int capacity;
  private int rows;

  ColumnBatch(List<Column> columns, int capacity) {
    this.columns = columns;
    this.capacity = capacity;
    this.numbers = new long[columns.size()][];
    this.bytes = new byte[columns.size()][];
    this.ends = new int[columns.size()][];
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).kind() == Column.Kind.TEXT) {
        bytes[i] = new byte[capacity * BYTES_PER_TEXT];
        ends[i] = new int[capacity];
      } else {
        numbers[i] = new long[capacity];
      }
    }
  }

  public List<Column> columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  boolean isFull() {
    return rows == capacity;
  }

  /** The values of a column that is not text; of them, {@link #rows()} are valid. */
  public long[] numbers(int column) {
    return numbers[column];
  }

  /** The texts of a column, one after the other. */
  public byte[] bytes(int column) {
    return bytes[column];
  }

  /** Where a row's text begins in {@link #bytes}. */
  public int start(int column, int row) {
    return row == 0 ? 0 : ends[column][row - 1];
  }

  /** Where a row's text ends in {@link #bytes}, exclusively. */
  public int end(int column, int row) {
    return ends[column][row];
  }

  void set(int column, long value) {
    numbers[column][rows] = value;
  }

  void set(int column, String text) {
    set(column, text.getBytes(StandardCharsets.UTF_8));
  }

  void set(int column, byte[] text) {
    int start = start(column, rows);
    int end = start + text.length;
    if (end > bytes[column].length) {
      bytes[column] = Arrays.copyOf(bytes[column], Math.max(end, bytes[column].length * 2));
    }
    System.arraycopy(text, 0, bytes[column], start, text.length);
    ends[column][rows] = end;
  }

  void endRow() {
    rows++;
  }

  void clear() {
    rows = 0;
  }
}
