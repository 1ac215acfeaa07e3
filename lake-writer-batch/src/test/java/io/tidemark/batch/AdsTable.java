package io.tidemark.batch;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** A table of ad figures under a SQLite catalog, with a stream's rows in its open windows. */
public final class AdsTable implements AutoCloseable {

  public static final String NAME = "ads.campaign_hourly";

  private final TableLoader loader;
  private final Path warehouse;
  private final OpenCatalog open;
  private final UnifiedTable table;
  private Set<String> parents = Set.of();

  private AdsTable(TableLoader loader, Path warehouse, TableContract contract) {
    this.loader = loader;
    this.warehouse = warehouse;
    this.open = OpenCatalog.of(loader.catalog());
    this.table = UnifiedTable.createOrVerify(open.catalog(), loader.identifier(), contract);
  }

  public static AdsTable create(Path directory) {
    return create(directory, contract().build());
  }

  public static AdsTable create(Path directory, TableContract contract) {
    Path warehouse = directory.resolve("warehouse");
    CatalogReference catalog =
        new CatalogReference(
            "lake",
            Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "warehouse",
                warehouse.toString()));
    return new AdsTable(new TableLoader(catalog, NAME), warehouse, contract);
  }

  /** Creates the table in a catalog whose files are in a directory. */
  static AdsTable create(CatalogReference catalog, Path warehouse) {
    return new AdsTable(new TableLoader(catalog, NAME), warehouse, contract().build());
  }

  public static ContractBuilder contract() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 1))
        .key("campaign_id", Types.LongType.get())
        .key("placement", Types.StringType.get())
        .measure("impressions", Types.LongType.get(), new Merge.Sum())
        .measure("clicks", Types.LongType.get(), new Merge.Sum())
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum());
  }

  public TableLoader loader() {
    return loader;
  }

  /** The table as it is now. */
  public UnifiedTable table() {
    return table.refresh();
  }

  public Window window(String date) {
    return table.contract().window().parse(date);
  }

  /** Publishes rows as the images of the windows they lie in, complete to the last of them. */
  public void publish(AdRow... rows) {
    List<OpenFiles> cells = new ArrayList<>();
    Arrays.stream(rows)
        .map(row -> table.contract().window().containing(row.period()))
        .distinct()
        .sorted()
        .forEach(
            w ->
                cells.add(
                    new OpenFiles(
                        w,
                        0,
                        List.of(
                            write(
                                Arrays.stream(rows)
                                    .filter(r -> w.contains(Window.micros(r.period())))
                                    .toList())),
                        rows.length)));
    String commitId = UUID.randomUUID().toString();
    table.publish(
        new Publish(
            "campaign-hourly",
            commitId,
            parents,
            cells,
            false,
            null,
            Publish.SideRows.NONE,
            Publish.SideRows.NONE,
            cells.get(cells.size() - 1).window().hi(),
            Map.of()));
    parents = Set.of(commitId);
  }

  /** All rows as texts, with whether they are final, in order. */
  public List<String> rows() {
    table.refresh();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table.table()).build()) {
      List<String> rows = new ArrayList<>();
      records.forEach(r -> rows.add(text(r)));
      return rows.stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The live data files. */
  public List<DataFile> files() {
    table.refresh();
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.table().newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The data files on disk, live or not. */
  public List<Path> storedFiles() {
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open.close();
  }

  private static String text(Record row) {
    return "%s %s %s %s %s %s %s"
        .formatted(
            row.getField("hour"),
            row.getField("campaign_id"),
            row.getField("placement"),
            row.getField("impressions"),
            row.getField("clicks"),
            row.getField("cost"),
            (Boolean) row.getField("is_final") ? "final" : "live");
  }

  private DataFile write(List<AdRow> rows) {
    List<Record> records =
        rows.stream().map(r -> r.record(table.table().schema(), table.contract())).toList();
    GenericFileWriterFactory files = new GenericFileWriterFactory.Builder(table.table()).build();
    OutputFileFactory names = OutputFileFactory.builderFor(table.table(), 0, 0).build();
    PartitionKey partition = new PartitionKey(table.table().spec(), table.table().schema());
    partition.partition(
        new InternalRecordWrapper(table.table().schema().asStruct()).wrap(records.get(0)));
    DataWriter<Record> writer =
        files.newDataWriter(
            names.newOutputFile(table.table().spec(), partition), table.table().spec(), partition);
    try (writer) {
      records.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }
}
