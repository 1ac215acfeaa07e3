package io.tidemark.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import io.tidemark.stream.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.io.TaskWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is restored and finds a publish in its checkpoint. */
class WithdrawalTest {

  private static final TaskInfo TASK = new TaskInfoImpl("test", 1, 0, 1, 0);
  private static final Instant EARLIER = Instant.parse("2026-11-20T01:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-20T02:00:00Z");

  @TempDir Path dir;

  private Lake lake;
  private UnifiedTable table;
  private Window first;
  private Withdrawal withdrawal;

  @BeforeEach
  void createTable() throws IOException {
    lake = Lake.create(dir, OpenLayout.CELLS);
    table = lake.table();
    first = lake.day("2026-11-20");
    withdrawal = new Withdrawal(table);
    table.publish(publish("p", Set.of(), image(3), SideRows.NONE, EARLIER));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void imagesThatDidNotLandStayOutAndLateRowsDoNot() throws IOException {
    Publish recovered = publish("x", Set.of("p"), image(5), lateRow(), LATER);

    table.publish(withdrawal.withdraw(recovered));

    assertThat(lake.total()).isEqualTo(3);
    assertThat(lake.late()).hasSize(1);
    assertThat(token().commitId()).isEqualTo("x");
  }

  @Test
  void publishWithoutItsImagesClaimsNoMoreThanTheOneBefore() throws IOException {
    Publish recovered = publish("x", Set.of("p"), image(5), SideRows.NONE, LATER);

    table.publish(withdrawal.withdraw(recovered));

    assertThat(token().watermark()).isEqualTo(EARLIER);
    assertThat(token().positions()).isEqualTo(Map.of("ads-0", "1"));
  }

  @Test
  void publishThatLandedIsLeftAsItIs() throws IOException {
    Publish recovered = publish("x", Set.of("p"), image(5), lateRow(), LATER);
    table.publish(recovered);

    table.publish(withdrawal.withdraw(recovered));

    assertThat(lake.total()).isEqualTo(5);
    assertThat(lake.late()).hasSize(1);
    assertThat(token().watermark()).isEqualTo(LATER);
  }

  @Test
  void nextPublishContinuesTheChain() throws IOException {
    table.publish(withdrawal.withdraw(publish("x", Set.of("p"), image(5), SideRows.NONE, LATER)));

    table.publish(withdrawal.complete(publish("y", Set.of("x"), image(7), SideRows.NONE, LATER)));

    assertThat(lake.total()).isEqualTo(7);
    assertThat(token().watermark()).isEqualTo(LATER);
  }

  @Test
  void eventsOfAWindowThatClosedBeforeTheRestoreAreOnRecord() throws IOException {
    lake.sealEmpty("2026-11-20");

    table.publish(withdrawal.withdraw(publish("x", Set.of("p"), image(5), SideRows.NONE, LATER)));

    assertThat(lake.table().state().attention())
        .containsExactly(new Attention(first, Attention.Reason.LATE, 5));
  }

  @Test
  void eventsOfAWindowThatClosedAfterTheRestoreAreOnRecord() throws IOException {
    table.publish(withdrawal.withdraw(publish("x", Set.of("p"), image(5), SideRows.NONE, LATER)));
    lake.sealEmpty("2026-11-20");

    table.publish(withdrawal.complete(publish("y", Set.of("x"), List.of(), SideRows.NONE, LATER)));

    assertThat(lake.table().state().attention())
        .containsExactly(new Attention(first, Attention.Reason.LATE, 5));
  }

  private Publish publish(
      String id, Set<String> parents, List<OpenFiles> cells, SideRows late, Instant watermark) {
    Map<String, String> positions = Map.of("ads-0", watermark.equals(LATER) ? "2" : "1");
    return new Publish(
        Lake.STREAM, id, parents, cells, false, null, late, SideRows.NONE, watermark, positions);
  }

  private List<OpenFiles> image(long clicks) throws IOException {
    TableRow rows = new TableRow(table.table().schema(), table.contract(), source());
    try (TaskWriter<RowData> writer = new DataFileWriter(table.table(), TASK).start()) {
      writer.write(rows.of(contribution(clicks), first));
      return List.of(new OpenFiles(first, 0, List.of(writer.dataFiles()), clicks));
    }
  }

  private SideRows lateRow() throws IOException {
    try (LateTable late = new LateTable(table.late(), source(), TASK)) {
      late.write(contribution(1), "late", "x", LATER);
      return late.complete(0, 0);
    }
  }

  private RowType source() {
    return FlinkSchemaUtil.convert(table.table().schema().select(table.contract().sourceColumns()));
  }

  private RowData contribution(long clicks) {
    return GenericRowData.of(
        TimestampData.fromInstant(first.lo()),
        7L,
        clicks,
        DecimalData.fromUnscaledLong(clicks, 18, 2));
  }

  private StreamToken token() {
    return lake.table().state().token(Lake.STREAM).orElseThrow();
  }
}
