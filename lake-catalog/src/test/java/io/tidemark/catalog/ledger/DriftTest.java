package io.tidemark.catalog.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftTest {

  private InMemoryCatalog catalog;
  private UnifiedTable table;
  private Window first;
  private Window second;

  @BeforeEach
  void createTable() {
    catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    TableContract contract =
        TableContract.builder()
            .period("hour", Grain.HOUR)
            .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 20))
            .key("id", Types.LongType.get())
            .measure("clicks", Types.LongType.get(), new Merge.Sum())
            .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
            .measure("weight", Types.DoubleType.get(), new Merge.Sum())
            .measure("least", Types.IntegerType.get(), new Merge.Min())
            .measure("seen", Types.TimestampType.withZone(), new Merge.Max())
            .measure("state", Types.StringType.get(), new Merge.Last("seen"))
            .build();
    table = UnifiedTable.createOrVerify(catalog, TableIdentifier.of("ads", "hourly"), contract);
    first = contract.window().parse("2026-11-20");
    second = contract.window().next(first);
  }

  @Test
  void totalsOfAWindowAreExactAndByTheMeasuresOwnMerge() {
    // Given
    Instant seen = Instant.parse("2026-11-20T01:02:03.000004Z");
    long before = append(row(first.lo(), 1L, "0.10", 0.1, 3, seen.minusSeconds(1)));
    append(row(first.hi().minusSeconds(3600), Long.MAX_VALUE, "0.20", 0.2, -3, seen));
    long after = append(row(second.lo(), 100L, "100.00", 1.0, 100, seen.plusSeconds(1)));

    // When
    List<Drift> drift = Drift.of(table, List.of(first, second), before, after);

    // Then
    assertThat(drift.get(0).rowsBefore()).isEqualTo(1);
    assertThat(drift.get(0).rowsAfter()).isEqualTo(2);
    assertThat(drift.get(0).measures())
        .containsExactly(
            total("clicks", "1", "9223372036854775808"),
            total("cost", "0.10", "0.30"),
            new Total("weight", new BigDecimal(0.1), new BigDecimal(0.1).add(new BigDecimal(0.2))),
            total("least", "3", "-3"),
            new Total(
                "seen",
                BigDecimal.valueOf(Window.micros(seen.minusSeconds(1))),
                BigDecimal.valueOf(Window.micros(seen))));
    assertThat(drift.get(1).rowsBefore()).isZero();
    assertThat(drift.get(1).measure("clicks"))
        .contains(new Total("clicks", null, BigDecimal.valueOf(100)));
  }

  @Test
  void columnsRenamedSinceASnapshotAreReadByTheNamesOfItsTime() {
    // Given
    Instant seen = Instant.parse("2026-11-20T01:02:03Z");
    long before = append(row(first.lo(), 1L, "0.10", 0.1, 3, seen));
    table
        .table()
        .updateSchema()
        .renameColumn("hour", "starts_at")
        .renameColumn("business_date", "day")
        .renameColumn("clicks", "hits")
        .commit();
    table.table().updateSchema().addColumn("clicks", Types.LongType.get()).commit();
    UnifiedTable renamed = UnifiedTable.load(catalog, table.identifier());

    // When
    Drift drift = Drift.of(renamed, List.of(first), before, before).get(0);

    // Then
    assertThat(drift.rowsBefore()).isEqualTo(1);
    assertThat(drift.measure("hits")).contains(total("hits", "1", "1"));
    assertThat(drift.measure("clicks")).isEmpty();
  }

  @Test
  void tableBeforeItsFirstSnapshotHasNothing() {
    long after = append(row(first.lo(), null, "1.00", Double.NaN, null, null));

    Drift drift = Drift.of(table, List.of(first), null, after).get(0);

    assertThat(drift.rowsBefore()).isZero();
    assertThat(drift.measure("clicks")).contains(new Total("clicks", null, null));
    assertThat(drift.measure("weight")).contains(new Total("weight", null, null));
    assertThat(drift.show(table.contract().window()))
        .startsWith(
            "[2026-11-20, 2026-11-21): rows 0 -> 1, clicks none -> none (0), cost none -> 1.00 (+1.00)");
  }

  @Test
  void nothingDriftedWhereNothingChanged() {
    long before = append(row(first.lo(), 1L, "1.00", 1.0, 1, null));
    long after = append(row(second.lo(), 1L, "1.00", 1.0, 1, null));

    List<Drift> drift = Drift.of(table, List.of(first, second), before, after);

    assertThat(drift.get(0).isNone()).isTrue();
    assertThat(drift.get(1).isNone()).isFalse();
  }

  @Test
  void driftFromAnExpiredSnapshotIsUnknown() {
    // Given
    long before = append(row(first.lo(), 1L, "1.00", 1.0, 1, null));
    long after = append(row(first.lo().plus(Duration.ofHours(1)), 1L, "1.00", 1.0, 1, null));
    table.table().expireSnapshots().expireSnapshotId(before).commit();

    // Then
    assertThatThrownBy(() -> Drift.of(table.refresh(), List.of(first), before, after))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("[2026-11-20, 2026-11-21)")
        .hasMessageContaining("snapshot " + before + " has expired");
  }

  private static Total total(String measure, String before, String after) {
    return new Total(measure, new BigDecimal(before), new BigDecimal(after));
  }

  private Record row(
      Instant period,
      @Nullable Long clicks,
      String cost,
      double weight,
      @Nullable Integer least,
      @Nullable Instant seen) {
    GenericRecord row = GenericRecord.create(table.table().schema());
    row.setField("hour", period.atOffset(ZoneOffset.UTC));
    row.setField("id", 1L);
    row.setField("clicks", clicks);
    row.setField("cost", new BigDecimal(cost));
    row.setField("weight", weight);
    row.setField("least", least);
    row.setField("seen", seen == null ? null : seen.atOffset(ZoneOffset.UTC));
    row.setField("state", "new");
    row.setField("is_final", false);
    Window window = table.contract().window().containing(period);
    row.setField("business_date", table.contract().businessDateOf(window, Window.micros(period)));
    return row;
  }

  /** Appends a row and returns the snapshot that has it. */
  private long append(Record row) {
    Table iceberg = table.table();
    PartitionKey partition = new PartitionKey(iceberg.spec(), iceberg.schema());
    partition.partition(new InternalRecordWrapper(iceberg.schema().asStruct()).wrap(row));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(iceberg)
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(iceberg, 0, 0)
                    .build()
                    .newOutputFile(iceberg.spec(), partition),
                iceberg.spec(),
                partition);
    try (writer) {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    iceberg.newAppend().appendFile(writer.toDataFile()).commit();
    return iceberg.currentSnapshot().snapshotId();
  }
}
