package io.tidemark.batch.internal.upsert;

import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.util.PartitionUtil;

/** The rows of data files, deleted ones too, as Iceberg's own reader finds them. */
final class FileRows {

  private FileRows() {}

  /**
   * Opens a file.
   *
   * @param constants values of columns that the file need not have, by field id
   */
  static CloseableIterable<Record> open(
      Table table, DataFile file, Schema projection, Map<Integer, ?> constants) {
    ReadBuilder<Record, Object> builder =
        FormatModelRegistry.readBuilder(file.format(), Record.class, table.io().newInputFile(file));
    String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    if (mapping != null) {
      builder.withNameMapping(NameMappingParser.fromJson(mapping));
    }
    return builder.project(projection).idToConstant(constants).reuseContainers().build();
  }

  /** Returns the values of a file that its partition tells. */
  static Map<Integer, ?> constants(FileScanTask task) {
    return PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant);
  }
}
