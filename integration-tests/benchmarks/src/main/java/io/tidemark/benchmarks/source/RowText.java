package io.tidemark.benchmarks.source;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Rows as lines of text with tabs between their values, made as they are read. */
final class RowText extends InputStream {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private final RowStream rows;
  private byte[] text = {};
  private int position;
  private long bytes;

  RowText(RowStream rows) {
    this.rows = rows;
  }

  /** How many bytes there were so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read() {
    return available() == 0 && !fill() ? -1 : text[position++];
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (available() == 0 && !fill()) {
      return -1;
    }
    int read = Math.min(length, available());
    System.arraycopy(text, position, into, offset, read);
    position += read;
    return read;
  }

  @Override
  public int available() {
    return text.length - position;
  }

  private boolean fill() {
    ColumnBatch batch = rows.next();
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < batch.rows(); row++) {
      for (int column = 0; column < batch.columns().size(); column++) {
        lines.append(column == 0 ? "" : "\t").append(value(batch, column, row));
      }
      lines.append('\n');
    }
    text = lines.toString().getBytes(StandardCharsets.UTF_8);
    position = 0;
    bytes += text.length;
    return batch.rows() > 0;
  }

  private static Object value(ColumnBatch batch, int column, int row) {
    return switch (batch.columns().get(column).kind()) {
      case INT, LONG -> batch.numbers(column)[row];
      case DECIMAL -> BigDecimal.valueOf(batch.numbers(column)[row], Column.SCALE);
      case DATE -> LocalDate.ofEpochDay(batch.numbers(column)[row]);
      case TIMESTAMP -> EPOCH.plus(batch.numbers(column)[row], ChronoUnit.MICROS);
      case TEXT -> text(batch, column, row);
    };
  }

  private static String text(ColumnBatch batch, int column, int row) {
    int start = batch.start(column, row);
    return new String(
        batch.bytes(column), start, batch.end(column, row) - start, StandardCharsets.UTF_8);
  }
}
