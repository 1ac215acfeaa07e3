package io.tidemark.batch.internal.columnar;

import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_LEVEL;

import io.tidemark.catalog.InvalidRequestException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Chooses what compresses pages, by a table's properties. */
final class PageCompressor {

  private static final int INITIAL_PAGE_SIZE = 1 << 16;

  private PageCompressor() {}

  /**
   * Returns a new compressor, for one thread, to be released.
   *
   * @param properties of the table; without a level there, zstd finds one by trial
   * @param columns how many columns have pages, which come in turn
   */
  static BytesInputCompressor of(Map<String, String> properties, int columns) {
    CompressionCodecName codec =
        codec(
            properties.getOrDefault(PARQUET_COMPRESSION, PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0));
    String level = properties.get(PARQUET_COMPRESSION_LEVEL);
    if (codec == CompressionCodecName.ZSTD) {
      return level == null
          ? ZstdPages.ofBestLevel(columns)
          : ZstdPages.ofLevel(Integer.parseInt(level));
    }
    return new CodecFactory(configuration(codec, level), INITIAL_PAGE_SIZE).getCompressor(codec);
  }

  private static CompressionCodecName codec(String name) {
    try {
      return CompressionCodecName.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "Cannot compress with %s: no such codec in Parquet".formatted(name), e);
    }
  }

  private static Configuration configuration(CompressionCodecName codec, @Nullable String level) {
    Configuration configuration = new Configuration();
    if (level != null && codec == CompressionCodecName.GZIP) {
      configuration.set("zlib.compress.level", level);
    } else if (level != null && codec == CompressionCodecName.BROTLI) {
      configuration.set("compression.brotli.quality", level);
    }
    return configuration;
  }
}
