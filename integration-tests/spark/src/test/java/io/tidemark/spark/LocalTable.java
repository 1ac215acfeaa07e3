package io.tidemark.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** A table of local files in a SQLite catalog, written with Iceberg's Java API. */
final class LocalTable implements AutoCloseable {

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "hour", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "clicks", Types.LongType.get()),
          Types.NestedField.required(3, "cost", Types.DecimalType.of(18, 2)),
          Types.NestedField.required(4, "is_final", Types.BooleanType.get()));

  private final Map<String, String> properties;
  private final JdbcCatalog catalog;
  private final Table table;

  private LocalTable(Map<String, String> properties, JdbcCatalog catalog, Table table) {
    this.properties = properties;
    this.catalog = catalog;
    this.table = table;
  }

  static LocalTable create(Path dir) {
    Map<String, String> properties =
        Map.of(
            "type",
            "jdbc",
            "uri",
            "jdbc:sqlite:" + dir.resolve("catalog.db"),
            "warehouse",
            dir.resolve("warehouse").toUri().toString(),
            "jdbc.schema-version",
            "V1");
    JdbcCatalog catalog =
        (JdbcCatalog)
            CatalogUtil.buildIcebergCatalog(
                "lake", properties, new org.apache.hadoop.conf.Configuration(false));
    catalog.createNamespace(Namespace.of("ads"));
    Table table =
        catalog.createTable(
            TableIdentifier.of("ads", "hourly"), SCHEMA, PartitionSpec.unpartitioned());
    return new LocalTable(properties, catalog, table);
  }

  Map<String, String> catalog() {
    return properties;
  }

  void append(Object[]... rows) throws IOException {
    table.newAppend().appendFile(write(rows)).commit();
  }

  private DataFile write(Object[]... rows) throws IOException {
    OutputFile out =
        table
            .io()
            .newOutputFile(
                table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"));
    DataWriter<Record> writer =
        Parquet.writeData(out)
            .schema(SCHEMA)
            .withSpec(table.spec())
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      for (Object[] row : rows) {
        writer.write(record(row));
      }
    }
    return writer.toDataFile();
  }

  private static Record record(Object... values) {
    Record record = GenericRecord.create(SCHEMA);
    for (int i = 0; i < values.length; i++) {
      record.set(i, values[i]);
    }
    return record;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
