package io.tidemark.catalog.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.TableFiles;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableStatusTest {

  private static final Instant NOW = Instant.parse("2026-11-22T05:03:32Z");

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private UnifiedTable table;
  private Set<String> parents = Set.of();

  @BeforeEach
  void createTable() {
    catalog.initialize("test", Map.of());
    table =
        UnifiedTable.createOrVerify(
            catalog,
            TableIdentifier.of("ads", "campaign_hourly"),
            TableContract.builder()
                .period("hour", Grain.HOUR)
                .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 18))
                .key("campaign_id", Types.LongType.get())
                .measure("clicks", Types.LongType.get(), new Merge.Sum())
                .build());
  }

  @Test
  void aNewTableIsNotSealed() {
    assertThat(status()).isEqualTo("not sealed yet");
  }

  @Test
  void aSealedTableTellsItsBoundaryItsStreamAndItsLateRowsInItsZone() {
    // Given
    publish("2026-11-22T05:03:20Z", SideRows.NONE);
    seal("2026-11-18", "2026-11-22");
    // When
    publish("2026-11-22T05:03:20Z", new SideRows(List.of(lateFile(14)), 14, 0, 0));
    // Then
    assertThat(status())
        .isEqualTo(
            "sealed through 2026-11-22 00:00 KST (v1)"
                + "   stream campaign-hourly complete to 14:03:20, 12 s behind"
                + "   late 14 (quarantined)");
  }

  @Test
  void anIslandTellsItsVersionAndAHoleItsAge() {
    seal("2026-11-18", "2026-11-19");
    seal("2026-11-21", "2026-11-22");
    assertThat(status())
        .isEqualTo(
            "sealed through 2026-11-19 00:00 KST (v1)"
                + "   island 2026-11-21 (v1)"
                + "   hole [2026-11-19, 2026-11-21), wanting for 2 d");
  }

  @Test
  void aWindowWhoseImageWasLeftOutWantsAReseal() {
    // Given
    publish("2026-11-19T15:00:00Z", SideRows.NONE);
    seal("2026-11-18", "2026-11-20");
    // When
    Window closed = table.contract().window().parse("2026-11-19");
    DataFile file = TableFiles.file(table, closed.lo(), 3);
    publish("2026-11-21T15:00:00Z", SideRows.NONE, new OpenFiles(closed, 0, List.of(file), 3));
    // Then
    assertThat(status())
        .isEqualTo(
            "sealed through 2026-11-20 00:00 KST (v1)"
                + "   stream campaign-hourly complete to 00:00:00, 14 h behind"
                + "   wants reseal: 2026-11-19 (late)");
  }

  private String status() {
    return new TableStatus(table.refresh(), NOW).toString();
  }

  private void publish(String watermark, SideRows late, OpenFiles... cells) {
    String commitId = UUID.randomUUID().toString();
    table.publish(
        new Publish(
            "campaign-hourly",
            commitId,
            parents,
            List.of(cells),
            false,
            null,
            late,
            SideRows.NONE,
            Instant.parse(watermark),
            Map.of()));
    parents = Set.of(commitId);
  }

  private void seal(String lo, String hi) {
    Set<Seal.Allow> allowed = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);
    Window range = table.contract().window().parse(lo, hi);
    SealPlan plan = table.planSeal("run-" + lo, range, allowed);
    table.seal(new Seal(plan, List.of(), null, allowed));
  }

  private DataFile lateFile(long rows) {
    Table late = table.late();
    return DataFiles.builder(late.spec())
        .withPath(late.location() + "/data/late.parquet")
        .withFileSizeInBytes(1_000)
        .withRecordCount(rows)
        .build();
  }
}
