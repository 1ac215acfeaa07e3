package io.tidemark.batch.internal.jdbc;

/**
 * A row of the text protocol: per field its length, in one byte or more, and its text.
 *
 * @param bytes all of it; the array is the driver's, and as long as the row
 */
record RowPacket(byte[] bytes) {

  private static final int NULL = 0xfb;
  private static final int TWO_BYTES = 0xfc;
  private static final int THREE_BYTES = 0xfd;
  private static final int EIGHT_BYTES = 0xfe;

  /**
   * Finds where the fields are.
   *
   * @param from where the first one begins
   * @param offsets takes where each begins
   * @param lengths takes how long each is; -1 for a null
   */
  void scan(int from, int[] offsets, int[] lengths) {
    int position = from;
    for (int i = 0; i < offsets.length; i++) {
      int first = bytes[position++] & 0xff;
      int length = first;
      if (first >= NULL) {
        int size = sizeOfLength(first);
        length = first == NULL ? -1 : number(position, Math.min(size, Integer.BYTES));
        position += size;
      }
      offsets[i] = position;
      lengths[i] = length;
      position += Math.max(length, 0);
    }
    if (position != bytes.length) {
      throw new IllegalStateException(
          "Cannot decode a row: its fields have %d bytes of %d".formatted(position, bytes.length));
    }
  }

  private static int sizeOfLength(int first) {
    return switch (first) {
      case NULL -> 0;
      case TWO_BYTES -> 2;
      case THREE_BYTES -> 3;
      case EIGHT_BYTES -> Long.BYTES;
      default -> throw new IllegalStateException("Cannot decode a row: no length is " + first);
    };
  }

  /** No row is longer than an int can say. */
  private int number(int position, int size) {
    int number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << Byte.SIZE | bytes[position + i] & 0xff;
    }
    return number;
  }
}
