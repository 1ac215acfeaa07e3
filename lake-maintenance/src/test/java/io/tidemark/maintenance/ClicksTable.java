package io.tidemark.maintenance;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.relocated.com.google.common.collect.Lists;
import org.apache.iceberg.types.Types;

/** A unified table of real files in a local warehouse under a SQLite catalog. */
public final class ClicksTable implements AutoCloseable {

  static final String STREAM = "clicks";
  static final List<String> COLUMNS =
      List.of("hour", "campaign_id", "clicks", "cost", "is_final", "business_date");
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final TableLoader loader;
  private final OpenCatalog catalog;
  private final UnifiedTable table;
  private Set<String> parents = Set.of();

  private ClicksTable(TableLoader loader, OpenCatalog catalog, TableContract contract) {
    this.loader = loader;
    this.catalog = catalog;
    this.table = UnifiedTable.createOrVerify(catalog.catalog(), loader.identifier(), contract);
  }

  public static ClicksTable create(Path directory) {
    return create(directory, "ads.clicks");
  }

  public static ClicksTable create(Path directory, String name) {
    return create(new TableLoader(reference(directory), name));
  }

  static ClicksTable create(TableLoader loader) {
    return new ClicksTable(loader, OpenCatalog.of(loader.catalog()), contract().build());
  }

  static CatalogReference reference(Path directory) {
    return new CatalogReference(
        "lake",
        Map.of(
            "type",
            "jdbc",
            "uri",
            "jdbc:sqlite:" + directory.resolve("catalog.db"),
            "warehouse",
            directory.resolve("warehouse").toUri().toString()));
  }

  static ContractBuilder contract() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, SEOUL, LocalDate.of(2026, 11, 19))
        .key("campaign_id", Types.LongType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum())
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
        .layout(OpenLayout.EVENTS);
  }

  TableLoader loader() {
    return loader;
  }

  UnifiedTable unified() {
    return table.refresh();
  }

  Table iceberg() {
    return table.refresh().table();
  }

  Catalog catalog() {
    return catalog.catalog();
  }

  public Window day(String date) {
    return table.contract().window().parse(date);
  }

  /** Seals a window with a number of files of ten rows each. */
  public SealResult seal(String runId, Window window, int files) {
    SealPlan plan = unified().planSeal(runId, window, Set.of(Seal.Allow.AHEAD_OF_WATERMARK));
    return table.seal(new Seal(plan, files(window, files, true), "cut-" + runId, allowed()));
  }

  SealResult reseal(String runId, Window window, int files) {
    SealPlan plan = unified().planReseal(runId, window);
    return table.seal(new Seal(plan, files(window, files, true), null, allowed()));
  }

  private static Set<Seal.Allow> allowed() {
    return Set.of(Seal.Allow.AHEAD_OF_WATERMARK, Seal.Allow.SHRINK);
  }

  /** Publishes a number of files of ten rows each into an open window. */
  PublishResult publish(Window window, int files) {
    return publish(
        List.of(new OpenFiles(window, 0, files(window, files, false), files * 10L)),
        Publish.SideRows.NONE);
  }

  /** Publishes nothing but a new token. */
  PublishResult publishNothing() {
    return publish(List.of(), Publish.SideRows.NONE);
  }

  /** Publishes one late row for the quarantine and nothing else. */
  PublishResult publishLate() {
    Table late = table.late();
    Record row = GenericRecord.create(late.schema());
    row.setField("hour", day("2026-11-19").lo().atOffset(ZoneOffset.UTC));
    row.setField("campaign_id", 1L);
    row.setField("quarantined_at", day("2026-11-21").lo().atOffset(ZoneOffset.UTC));
    row.setField("reason", "late");
    row.setField("commit_id", "some");
    Publish.SideRows rows = new Publish.SideRows(List.of(write(late, List.of(row))), 1, 0, 0);
    return publish(List.of(), rows);
  }

  private PublishResult publish(List<OpenFiles> cells, Publish.SideRows late) {
    Publish publish =
        new Publish(
            STREAM,
            UUID.randomUUID().toString(),
            parents,
            cells,
            false,
            null,
            late,
            Publish.SideRows.NONE,
            day("2026-11-20").lo(),
            Map.of());
    PublishResult result = table.publish(publish);
    parents = Set.of(publish.commitId());
    return result;
  }

  /** Writes files of ten rows each: hours and campaigns in no order. */
  List<DataFile> files(Window window, int count, boolean sealed) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Record> rows = new ArrayList<>();
      for (int row = 0; row < 10; row++) {
        rows.add(row(window, (row * 7 + i) % 24, 100L * i + (9 - row), sealed));
      }
      files.add(write(table.table(), rows));
    }
    return files;
  }

  private Record row(Window window, int hour, long campaign, boolean sealed) {
    Record row = GenericRecord.create(table.table().schema());
    row.setField("hour", window.lo().plus(hour, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
    row.setField("campaign_id", campaign);
    row.setField("clicks", campaign % 7 + 1);
    row.setField("cost", BigDecimal.valueOf(campaign * 3 + (sealed ? 1 : 0), 2));
    row.setField("is_final", sealed);
    row.setField("business_date", LocalDate.ofInstant(window.lo(), SEOUL));
    return row;
  }

  private static DataFile write(Table target, List<Record> rows) {
    PartitionKey partition = new PartitionKey(target.spec(), target.schema());
    partition.partition(new InternalRecordWrapper(target.schema().asStruct()).wrap(rows.get(0)));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(target)
            .dataFileFormat(FileFormat.PARQUET)
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(target, 0, 0).build().newOutputFile(partition),
                target.spec(),
                partition);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  /** Deletes the first row of a data file by its position, as another engine would. */
  void deleteFirstRow(DataFile file) {
    Table target = iceberg();
    PositionDeleteWriter<Record> writer =
        new GenericFileWriterFactory.Builder(target)
            .build()
            .newPositionDeleteWriter(
                OutputFileFactory.builderFor(target, 0, 0)
                    .build()
                    .newOutputFile(target.spec(), file.partition()),
                target.spec(),
                file.partition());
    try (writer) {
      writer.write(PositionDelete.<Record>create().set(file.location(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    target.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
  }

  /** Returns the rows of a snapshot, as text, in no order. */
  List<String> rows(long snapshotId) {
    return read(snapshotId).stream()
        .map(row -> COLUMNS.stream().map(row::getField).toList().toString())
        .toList();
  }

  /** Returns the row id of each row of format version 3, with the row's hour and key. */
  List<String> rowIds() {
    List<String> columns = List.of("_row_id", "hour", "campaign_id");
    try (CloseableIterable<Record> rows = IcebergGenerics.read(iceberg()).select(columns).build()) {
      List<String> ids = new ArrayList<>();
      rows.forEach(row -> ids.add(columns.stream().map(row::getField).toList().toString()));
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns rows, clicks and cost of each business date of a snapshot. */
  Map<LocalDate, String> totals(long snapshotId) {
    Map<LocalDate, List<Record>> days = new TreeMap<>();
    read(snapshotId)
        .forEach(
            row ->
                days.computeIfAbsent(
                        (LocalDate) row.getField("business_date"), d -> new ArrayList<>())
                    .add(row));
    Map<LocalDate, String> totals = new TreeMap<>();
    days.forEach((day, rows) -> totals.put(day, total(rows)));
    return totals;
  }

  private static String total(List<Record> rows) {
    long clicks = rows.stream().mapToLong(r -> (Long) r.getField("clicks")).sum();
    BigDecimal cost =
        rows.stream()
            .map(r -> (BigDecimal) r.getField("cost"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return "%d rows, %d clicks, %s cost".formatted(rows.size(), clicks, cost);
  }

  private List<Record> read(long snapshotId) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(iceberg()).useSnapshot(snapshotId).build()) {
      List<Record> copies = new ArrayList<>();
      rows.forEach(row -> copies.add(row.copy()));
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long head() {
    return iceberg().currentSnapshot().snapshotId();
  }

  List<Snapshot> snapshots() {
    List<Snapshot> all = new ArrayList<>();
    iceberg().snapshots().forEach(all::add);
    return all;
  }

  /** Returns the live data files of a window. */
  public List<DataFile> filesOf(Window window) {
    try (CloseableIterable<FileScanTask> tasks =
        iceberg()
            .newScan()
            .includeColumnStats()
            .filter(TableLayout.filter(table.contract(), window))
            .planFiles()) {
      List<DataFile> files = new ArrayList<>();
      tasks.forEach(task -> files.add(task.file()));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every file that a retained snapshot names and that is not there. */
  Set<String> missingFiles() {
    Table current = iceberg();
    Set<String> missing = new HashSet<>();
    for (Snapshot snapshot : current.snapshots()) {
      Stream.Builder<String> named = Stream.builder();
      named.add(snapshot.manifestListLocation());
      snapshot.allManifests(current.io()).forEach(m -> named.add(m.path()));
      tasks(snapshot).forEach(task -> named.add(task.file().location()));
      named.build().filter(path -> !current.io().newInputFile(path).exists()).forEach(missing::add);
    }
    return missing;
  }

  /** Returns the data files in the warehouse that no retained snapshot names. */
  List<String> orphans() {
    Set<String> named = new HashSet<>();
    for (Snapshot snapshot : iceberg().snapshots()) {
      tasks(snapshot).forEach(task -> named.add(path(task.file().location())));
    }
    try (Stream<Path> files = Files.walk(Path.of(path(table.table().location())))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".parquet"))
          .filter(file -> !named.contains(file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(String location) {
    return location.startsWith("file:") ? URI.create(location).getPath() : location;
  }

  private List<FileScanTask> tasks(Snapshot snapshot) {
    try (CloseableIterable<FileScanTask> tasks =
        table.table().newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      return Lists.newArrayList(tasks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
