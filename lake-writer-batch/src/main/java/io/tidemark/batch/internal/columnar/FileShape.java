package io.tidemark.batch.internal.columnar;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.schema.MessageType;

/** What all files of a writer have in common. */
final class FileShape implements AutoCloseable {

  /** In rows. Smaller ones compress badly. */
  private static final long SMALLEST_PAGE = 1_000;

  private final Schema schema;
  private final PartitionSpec spec;
  private final MessageType type;
  private final MetricsConfig metrics;
  private final WriteProperties properties;
  private final BytesInputCompressor compressor;
  private final DictionaryVerdicts verdicts;
  private ParquetProperties parquet;

  FileShape(Table table) {
    schema = table.schema();
    spec = table.spec();
    type = ParquetSchemaUtil.convert(schema, "table");
    metrics = MetricsConfig.forTable(table);
    properties = new WriteProperties(table.properties(), schema, type);
    verdicts = new DictionaryVerdicts(schema.columns().size());
    parquet = properties.toParquet(Set.of(), properties.pageRows());
    compressor = PageCompressor.of(table.properties(), type.getColumns().size());
  }

  List<Types.NestedField> columns() {
    return schema.columns();
  }

  PartitionSpec spec() {
    return spec;
  }

  MessageType type() {
    return type;
  }

  MetricsConfig metrics() {
    return metrics;
  }

  WriteProperties properties() {
    return properties;
  }

  BytesInputCompressor compressor() {
    return compressor;
  }

  /** Returns what Parquet says of the only leaf that a column has. */
  ColumnDescriptor leaf(int column) {
    return type.getColumns().get(column);
  }

  /** Returns what Iceberg's own writers put into a footer. */
  Map<String, String> footer() {
    return Map.of("iceberg.schema", SchemaParser.toJson(schema));
  }

  /**
   * Returns how the next row group is written.
   *
   * @param batch its first rows
   * @param bytesOfPages how many bytes its pages in the making may take
   */
  ParquetProperties parquet(ColumnVector[] batch, long bytesOfPages) {
    boolean changed = false;
    for (int i = 0; i < batch.length; i++) {
      changed |= verdicts.judge(i, batch[i]);
    }
    int pageRows = pageRows(batch, bytesOfPages);
    if (changed || pageRows != parquet.getPageRowCountLimit()) {
      parquet = properties.toParquet(withoutDictionary(), pageRows);
    }
    return parquet;
  }

  /**
   * A partition's memory may well be less than its pages take by default. They then have fewer
   * rows: in small pages more rows come to a row group, as those that are compressed take little.
   */
  private int pageRows(ColumnVector[] batch, long bytesOfPages) {
    long bytes = 1;
    for (ColumnVector vector : batch) {
      bytes += vector.bytes();
    }
    int slice = properties.slice();
    long least = Math.max(SMALLEST_PAGE, slice);
    long rows = Math.max(least, bytesOfPages * batch[0].size() / bytes);
    return (int) Math.min(rows / slice * slice, properties.pageRows());
  }

  private Set<String> withoutDictionary() {
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      if (verdicts.isHopeless(i)) {
        paths.add(String.join(".", leaf(i).getPath()));
      }
    }
    return paths;
  }

  @Override
  public void close() {
    compressor.release();
  }
}
