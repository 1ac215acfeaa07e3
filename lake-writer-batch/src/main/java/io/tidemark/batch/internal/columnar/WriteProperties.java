package io.tidemark.batch.internal.columnar;

import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_VERSION;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_VERSION_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.util.PropertyUtil.propertiesWithPrefix;
import static org.apache.iceberg.util.PropertyUtil.propertyAsBoolean;
import static org.apache.iceberg.util.PropertyUtil.propertyAsInt;
import static org.apache.iceberg.util.PropertyUtil.propertyAsLong;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The {@code write.parquet.*} properties of a table, as Iceberg's own Parquet writer takes them.
 * One differs: a page ends at a whole number of {@linkplain #slice slices} only.
 */
final class WriteProperties {

  private final Map<String, String> properties;
  private final Schema schema;
  private final MessageType type;

  WriteProperties(Map<String, String> properties, Schema schema, MessageType type) {
    this.properties = properties;
    this.schema = schema;
    this.type = type;
  }

  /** Returns after how many bytes the next file begins. */
  long targetFileSize() {
    return propertyAsLong(
        properties, WRITE_TARGET_FILE_SIZE_BYTES, WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  int rowGroupSize() {
    return propertyAsInt(
        properties, PARQUET_ROW_GROUP_SIZE_BYTES, PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
  }

  /**
   * Returns how many rows are written column by column before any page may end: ended in between,
   * the columns that come first would have more rows in a page than it counts.
   */
  int slice() {
    int slice =
        propertyAsInt(
            properties,
            PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT,
            PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT_DEFAULT);
    return Math.min(slice, pageRowLimit());
  }

  boolean dictionaryEnabled() {
    return propertyAsBoolean(properties, ParquetOutputFormat.ENABLE_DICTIONARY, true);
  }

  /** Returns how many rows a page has at most, a whole number of slices. */
  int pageRows() {
    return pageRowLimit() / slice() * slice();
  }

  /**
   * Returns the properties of a row group.
   *
   * @param withoutDictionary the paths of columns that get no dictionary
   * @param pageRows how many rows a page has at most
   */
  ParquetProperties toParquet(Set<String> withoutDictionary, int pageRows) {
    ParquetProperties.Builder builder =
        ParquetProperties.builder()
            .withWriterVersion(
                WriterVersion.fromString(
                    properties.getOrDefault(PARQUET_PAGE_VERSION, PARQUET_PAGE_VERSION_DEFAULT)))
            .withPageSize(
                propertyAsInt(properties, PARQUET_PAGE_SIZE_BYTES, PARQUET_PAGE_SIZE_BYTES_DEFAULT))
            .withPageRowCountLimit(pageRows)
            .withMinRowCountForPageSizeCheck(slice())
            .estimateRowCountForPageSizeCheck(false)
            .withDictionaryEncoding(dictionaryEnabled())
            .withDictionaryPageSize(
                propertyAsInt(properties, PARQUET_DICT_SIZE_BYTES, PARQUET_DICT_SIZE_BYTES_DEFAULT))
            .withMaxBloomFilterBytes(
                propertyAsInt(
                    properties,
                    PARQUET_BLOOM_FILTER_MAX_BYTES,
                    PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT));
    withoutDictionary.forEach(path -> builder.withDictionaryEncoding(path, false));
    type.getColumns()
        .forEach(column -> perColumn(builder, column.getPath(), column.getPrimitiveType().getId()));
    return builder.build();
  }

  private void perColumn(ParquetProperties.Builder builder, String[] path, Type.ID id) {
    String column = String.join(".", path);
    String name = schema.findColumnName(id.intValue());
    Map<String, String> blooms =
        propertiesWithPrefix(properties, PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX);
    if (blooms.containsKey(name)) {
      bloomFilter(builder, column, name);
      builder.withBloomFilterEnabled(column, Boolean.parseBoolean(blooms.get(name)));
    }
    Map<String, String> statistics =
        propertiesWithPrefix(properties, PARQUET_COLUMN_STATS_ENABLED_PREFIX);
    if (statistics.containsKey(name)) {
      builder.withStatisticsEnabled(column, Boolean.parseBoolean(statistics.get(name)));
    }
  }

  private void bloomFilter(ParquetProperties.Builder builder, String column, String name) {
    String falsePositives = properties.get(PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX + name);
    if (falsePositives != null) {
      builder.withBloomFilterFPP(column, Double.parseDouble(falsePositives));
    }
    String distinctValues = properties.get(PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX + name);
    if (distinctValues != null) {
      builder.withBloomFilterNDV(column, Long.parseLong(distinctValues));
    }
  }

  private int pageRowLimit() {
    return propertyAsInt(properties, PARQUET_PAGE_ROW_LIMIT, PARQUET_PAGE_ROW_LIMIT_DEFAULT);
  }
}
