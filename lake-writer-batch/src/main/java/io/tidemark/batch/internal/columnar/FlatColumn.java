package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of a row group whose pages are built a vector at a time, without a call for every value:
 * numbers and byte strings, in pages of version 1, where byte strings of one length have no
 * dictionary, which not every reader knows. They are the pages that parquet-java's column writers
 * would have written, but where those try a dictionary again, and where a page ends.
 */
final class FlatColumn {

  /** How many rows are added to a page before its size is looked at. */
  private static final int STEP = 100;

  private final PageWriter pages;
  private final ParquetProperties properties;
  private final ColumnDescriptor leaf;
  private final boolean optional;
  private final Presence presence = new Presence();
  private final Bounds bounds;
  private final PageBuffer plain = new PageBuffer();
  private final Ids ids = new Ids();
  private final @Nullable ValueDictionary dictionary;
  private boolean encoding;
  private long textBytes;

  FlatColumn(PageWriter pages, ParquetProperties properties, ColumnDescriptor leaf) {
    this.pages = pages;
    this.properties = properties;
    this.leaf = leaf;
    this.optional = leaf.getMaxDefinitionLevel() > 0;
    PrimitiveTypeName kind = type().getPrimitiveTypeName();
    boolean wide = kind == PrimitiveTypeName.INT64;
    boolean number = wide || kind == PrimitiveTypeName.INT32;
    this.bounds = number ? new NumberBounds(wide) : new BytesBounds();
    this.encoding =
        properties.isDictionaryEnabled(leaf) && kind != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    int limit = properties.getDictionaryPageSizeThreshold();
    this.dictionary =
        !encoding ? null : number ? new NumberDictionary(limit, wide) : new BytesDictionary(limit);
  }

  /** Says whether a column's pages can be built here: if not, parquet-java has to. */
  static boolean fits(Type type, ColumnDescriptor leaf, ParquetProperties properties) {
    boolean kind =
        switch (type.typeId()) {
          case INTEGER, LONG, DATE, TIME, TIMESTAMP, STRING, BINARY, UUID, FIXED -> true;
          case DECIMAL ->
              leaf.getPrimitiveType().getPrimitiveTypeName()
                  != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
          default -> false;
        };
    return kind
        && properties.getWriterVersion() == WriterVersion.PARQUET_1_0
        && !properties.isBloomFilterEnabled(leaf);
  }

  void write(ColumnVector vector) throws IOException {
    int size = vector.size();
    int from = 0;
    while (from < size) {
      int room = properties.getPageRowCountLimit() - presence.rows();
      int to = Math.min(size, from + Math.min(STEP, room));
      int end = append(vector, from, to);
      if (vector instanceof BytesVector texts) {
        textBytes += texts.end(end - 1) - texts.start(from);
      }
      presence.add(vector, from, end);
      if (end < to || end - from == room || pageLength() >= properties.getPageSizeThreshold()) {
        endPage();
      }
      encoding &= end == to;
      from = end;
    }
  }

  /** Returns where the values end that found a place: all of them, but in a full dictionary. */
  private int append(ColumnVector vector, int from, int to) {
    if (encoding && dictionary != null) {
      return dictionary.encode(vector, from, to, ids, bounds);
    }
    bounds.add(vector, from, to);
    if (vector instanceof NumberVector numbers) {
      numbers.plain(from, to, plain);
    } else {
      ((BytesVector) vector).plain(from, to, plain);
    }
    return to;
  }

  /** Ends the last page. Nothing may be written afterwards. */
  void finish() throws IOException {
    endPage();
    if (dictionary != null && dictionary.size() > 0) {
      pages.writeDictionaryPage(
          new DictionaryPage(dictionary.toInput(), dictionary.size(), Encoding.PLAIN_DICTIONARY));
    }
  }

  /** Returns about how many bytes the column would be in the file. */
  long length() {
    return pages.getMemSize()
        + pageLength()
        + (dictionary == null ? 0 : dictionary.values().size());
  }

  /** Returns how many bytes of memory the column holds. */
  long bytes() {
    return pages.allocatedSize()
        + plain.capacity()
        + ids.capacity()
        + presence.capacity()
        + (dictionary == null ? 0 : dictionary.capacity());
  }

  private long pageLength() {
    return plain.size() + (long) ids.size() * Integer.BYTES;
  }

  private void endPage() throws IOException {
    int rows = presence.rows();
    if (rows == 0) {
      return;
    }
    BytesInput levels = optional ? presence.toInput() : BytesInput.empty();
    boolean coded = dictionary != null && ids.size() > 0;
    BytesInput values = coded ? ids.toInput(dictionary.size()) : plain.toInput();
    pages.writePage(
        BytesInput.concat(levels, values),
        rows,
        rows,
        statistics(),
        new SizeStatistics(type(), textBytes, List.of(), List.of()),
        null,
        Encoding.BIT_PACKED,
        optional ? Encoding.RLE : Encoding.BIT_PACKED,
        coded ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN);
    presence.clear();
    plain.clear();
    ids.clear();
    textBytes = 0;
  }

  private Statistics<?> statistics() {
    Statistics<?> statistics =
        properties.getStatisticsEnabled(leaf)
            ? Statistics.createStats(type())
            : Statistics.noopStats(type());
    statistics.incrementNumNulls(presence.nullCount());
    bounds.moveTo(statistics);
    return statistics;
  }

  private PrimitiveType type() {
    return leaf.getPrimitiveType();
  }
}
