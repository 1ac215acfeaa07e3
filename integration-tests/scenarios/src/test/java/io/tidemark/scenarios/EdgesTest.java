package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Rows at the very edges of windows, and periods of every kind. */
class EdgesTest extends Scenario {

  private static final Duration MICRO = Duration.ofNanos(1_000);

  @Test
  void aRowAtLoIsInTheWindowAndARowAtHiInTheNextOne() {
    // Given
    stream.publish(
        second.hi(),
        cell(first, row(first.lo(), 7, 1), row(first.hi().minus(MICRO), 7, 2)),
        cell(second, row(first.hi(), 7, 3)));

    // When
    seal("run-1", first, row(first.lo(), 7, 10), row(first.hi().minus(MICRO), 7, 20));

    // Then
    assertThat(rows())
        .containsExactly(
            row(first.lo(), 7, 10).sealed(),
            row(first.hi().minus(MICRO), 7, 20).sealed(),
            row(first.hi(), 7, 3));
  }

  @Test
  void aSealOfTheNextWindowLeavesTheRowBeforeItsLo() {
    // Given
    stream.publish(
        second.hi(),
        cell(first, row(second.lo().minus(MICRO), 7, 2)),
        cell(second, row(second.lo(), 7, 3)));

    // When
    seal("run-1", second, row(second.lo(), 7, 30));

    // Then
    assertThat(rows())
        .containsExactly(row(second.lo().minus(MICRO), 7, 2), row(second.lo(), 7, 30).sealed());
  }

  @Test
  void aRowAtHiIsRefusedByPublishAndSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first.lo(), 7, 1)));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first.hi(), 7, 1))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("holds rows outside the cell");
    assertThatThrownBy(() -> seal("run-1", first, row(first.hi(), 7, 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("first period=" + first.hi());
  }

  @Test
  void aRowBeforeLoIsRefusedByPublishAndSeal() {
    Instant before = second.lo().minus(MICRO);

    assertThatThrownBy(() -> stream.publish(null, cell(second, row(before, 7, 1))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("holds rows outside the cell");
    assertThatThrownBy(() -> seal("run-1", second, row(before, 7, 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("first period=" + before);
  }

  @Test
  void aCellThatIsNoWindowCannotTakeClosedRowsOut() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    Window range = new Window(first.lo(), second.hi());

    // When, Then
    assertThatThrownBy(() -> stream.publish(null, cell(range)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("is not a window of the table");
    assertThat(rows()).containsExactly(row(first, 0, 7, 1).sealed());
  }

  @Test
  void aRowBeforeTheOriginIsRefused() {
    Window before = new Window(first.lo().minus(Duration.ofDays(1)), first.lo());

    assertThatThrownBy(() -> stream.publish(null, cell(before, row(before, 0, 7, 1))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("which begins at " + first.lo());
  }

  @Test
  void aNullPeriodIsABadRequest() {
    // Given
    List<DataFile> files = Rows.writeWithNullPeriod(table, row(first, 0, 7, 1).sealed());
    SealPlan plan = table.planSeal("run-1", first, Set.of());

    // When, Then
    assertThatThrownBy(() -> table.publish(publish(new OpenFiles(first, 0, files, 2))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("without");
    assertThatThrownBy(() -> table.seal(new Seal(plan, files, null, Set.of())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("without");
    assertThat(load().table().currentSnapshot()).isNull();
  }

  @Test
  void daysInUtcAreSealedAcross1970() {
    create(contract(WindowUnit.DAY, ZoneOffset.UTC, LocalDate.of(1969, 12, 30)));
    sealsInTheMiddle();
  }

  @Test
  void daysInSeoulAreSealedAcross1970() {
    create(contract(WindowUnit.DAY, SEOUL, LocalDate.of(1969, 12, 31)));
    sealsInTheMiddle();
  }

  @Test
  void hoursAreSealedAcross1970() {
    Instant origin = Instant.parse("1969-12-31T22:00:00Z");
    create(
        contract(WindowUnit.HOUR, ZoneOffset.UTC, LocalDate.of(1969, 12, 31))
            .window(new WindowSpec(WindowUnit.HOUR, ZoneOffset.UTC, origin)));
    sealsInTheMiddle();
  }

  @Test
  void monthsAreSealedAcross1970() {
    create(contract(WindowUnit.MONTH, ZoneOffset.UTC, LocalDate.of(1969, 11, 1)));
    sealsInTheMiddle();
  }

  @Test
  void aPeriodWithoutZoneIsTakenAsUtc() {
    create(
        contract(WindowUnit.DAY, ZoneOffset.UTC, LocalDate.of(2026, 11, 20))
            .period("hour", Grain.HOUR, Types.TimestampType.withoutZone()));
    sealsInTheMiddle();
  }

  @Test
  void aPeriodWithoutZoneHasWindowsInAZoneToo() {
    create(contract().period("hour", Grain.HOUR, Types.TimestampType.withoutZone()));
    sealsInTheMiddle();
  }

  @Test
  void monthsInAZoneAreSealedByTheirOwnEdges() {
    create(contract(WindowUnit.MONTH, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 1, 1)));
    sealsInTheMiddle();
  }

  @Test
  void aCellOfABucketIsReplacedAloneAndSealedWithItsWindow() {
    // Given
    create(contract().cells(4, "campaign_id"));
    Row seven = row(first, 0, 7, 1);
    Row other =
        LongStream.range(8, 100)
            .mapToObj(campaign -> row(first, 0, campaign, 2))
            .filter(r -> bucket(r) != bucket(seven))
            .findFirst()
            .orElseThrow();
    stream.publish(
        first.hi(), cell(first, bucket(seven), seven), cell(first, bucket(other), other));

    // When
    stream.publish(first.hi(), cell(first, bucket(seven), row(first, 0, 7, 10)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10), other);
    seal("run-1", first, seven, other);
    assertThat(rows()).containsExactly(seven.sealed(), other.sealed());
  }

  @Test
  void anEmptyCellTakesItsRowsOut() {
    // Given
    stream.publish(
        first.lo(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    stream.publish(first.lo(), cell(first));

    // Then
    assertThat(rows()).containsExactly(row(second, 0, 7, 2));
  }

  @Test
  void eventsAreAddedUntilTheSeal() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1), row(first, 0, 7, 2)));

    // When
    seal("run-1", first, row(first, 0, 7, 5));
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 9)), cell(second, row(second, 0, 7, 1)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 5).sealed(), row(second, 0, 7, 1));
  }

  /** Fills three windows to their edges, seals the one in the middle, then the first. */
  private void sealsInTheMiddle() {
    // Given
    stream.publish(
        third.hi(),
        cell(first, row(first.lo(), 7, 1), row(first.hi().minus(MICRO), 7, 2)),
        cell(second, row(second.lo(), 7, 3), row(second.hi().minus(MICRO), 7, 4)),
        cell(third, row(third.lo(), 7, 5), row(third.hi().minus(MICRO), 7, 6)));

    // When
    seal("run-2", second, row(second.lo(), 7, 30), row(second.hi().minus(MICRO), 7, 40));
    stream.publish(
        third.hi(),
        cell(first, row(first.lo(), 7, 10)),
        cell(third, row(third.hi().minus(MICRO), 7, 60)));
    seal("run-1", first, row(first.hi().minus(MICRO), 7, 20));

    // Then
    assertThat(rows())
        .containsExactly(
            row(first.hi().minus(MICRO), 7, 20).sealed(),
            row(second.lo(), 7, 30).sealed(),
            row(second.hi().minus(MICRO), 7, 40).sealed(),
            row(third.hi().minus(MICRO), 7, 60));
    assertThat(load().state().closed().boundary(first.lo())).isEqualTo(second.hi());
  }

  private int bucket(Row row) {
    return Cell.bucketOf(table.contract(), row);
  }

  private static Publish publish(OpenFiles files) {
    return new Publish(
        StreamRun.ID,
        UUID.randomUUID().toString(),
        Set.of(),
        List.of(files),
        false,
        null,
        Publish.SideRows.NONE,
        Publish.SideRows.NONE,
        null,
        Map.of());
  }
}
