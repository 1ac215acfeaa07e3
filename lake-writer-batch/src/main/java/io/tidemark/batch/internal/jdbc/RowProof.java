package io.tidemark.batch.internal.jdbc;

import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.zip.CRC32;

/**
 * What tells later whether a range has the rows that were read: the sum of the squares of each
 * one's CRC-32, over the texts of its fields as the wire brings them, which the database can
 * compute as well. A range with other rows has the same sum once in four billion times. Without the
 * squares it would far more often: one change in two rows changes the same bits in both, up in the
 * one and down in the other.
 */
final class RowProof {

  private static final byte SEPARATOR = 0x1F;
  private static final byte[] NULL = {SEPARATOR, 0x1E};

  private final CRC32 crc = new CRC32();

  /** What is left of it by 2^64. */
  private long sum;

  /**
   * Adds a row, in whose bytes the lengths before the fields become separators, so that most of it
   * is one run of bytes.
   *
   * @param from where the length of the first field begins
   * @param offsets where the fields begin
   * @param lengths how long they are; -1 for a null
   */
  void add(byte[] row, int from, int[] offsets, int[] lengths) {
    crc.reset();
    int run = from;
    int end = from;
    for (int i = 0; i < offsets.length; i++) {
      int separator = offsets[i] - 1;
      if (lengths[i] < 0 || separator != end) {
        crc.update(row, run, end - run);
        run = lengths[i] < 0 ? offsets[i] : separator;
      }
      if (lengths[i] < 0) {
        crc.update(NULL, 0, NULL.length);
        end = offsets[i];
      } else {
        row[separator] = SEPARATOR;
        end = offsets[i] + lengths[i];
      }
    }
    crc.update(row, run, end - run);
    sum += crc.getValue() * crc.getValue();
  }

  /** Returns the proof of the rows so far. */
  String text() {
    return text(Long.toUnsignedString(sum));
  }

  private static String text(String sum) {
    return "crc32 squares " + sum;
  }

  /** Has the database compute the proof of a range in the session's snapshot. */
  static String of(JdbcConnection connection, JdbcQuery query, KeyRange range) throws SQLException {
    StringJoiner row = new StringJoiner(", ", "CONCAT_WS(x'1F', '', ", ")");
    for (int i = 0; i < query.columns().size(); i++) {
      row.add(field("c" + i, query.columns().get(i)));
    }
    String sql =
        "SELECT MOD(COALESCE(SUM(CAST(CRC32(%1$s) AS UNSIGNED) * CRC32(%1$s)), 0), 18446744073709551616) FROM (%2$s) q"
            .formatted(row, query.select(range));
    return text(
        connection.rows(sql, result -> result.getBigDecimal(1).toBigInteger().toString()).get(0));
  }

  /** Texts are UTF-8 by their expressions; an UUID would be its bytes. */
  private static String field(String column, JdbcSelection selection) {
    String text =
        switch (selection.type().typeId()) {
          case UUID -> "CAST(%s AS CHAR)".formatted(column);
          default -> column;
        };
    return selection.required() ? text : "IFNULL(%s, x'1E')".formatted(text);
  }
}
