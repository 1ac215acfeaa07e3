package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows follow the clock of the table's zone, whatever the zone of the machine. */
class ZonesTest extends Scenario {

  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void aDayInSeoulBeginsAtItsOwnMidnight() {
    // Given
    Instant midnight = Instant.parse("2026-11-20T15:00:00Z");
    assertThat(second.lo()).isEqualTo(midnight);
    stream.publish(
        second.hi(),
        cell(first, row(midnight.minusSeconds(3600), 7, 1)),
        cell(second, row(midnight, 7, 2)));

    // When
    seal("run-1", second, row(midnight, 7, 20));

    // Then
    assertThat(rows())
        .containsExactly(row(midnight.minusSeconds(3600), 7, 1), row(midnight, 7, 20).sealed());
  }

  @Test
  void aDayInAHalfHourZoneIsSealedByItsBusinessDate() {
    // Given
    create(contract(WindowUnit.DAY, KOLKATA, LocalDate.of(2026, 11, 20)));
    assertThat(second.lo()).isEqualTo(Instant.parse("2026-11-20T18:30:00Z"));
    stream.publish(
        second.hi(), cell(first, row(first, 23, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    seal("run-1", first, row(first, 23, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 23, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aDayInAHalfHourZoneDoesNotFitHoursOfUtc() {
    ContractBuilder contract =
        contract(WindowUnit.DAY, KOLKATA, LocalDate.of(2026, 11, 20)).partitionByPeriod();

    assertThatThrownBy(() -> create(contract))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a partition would hold rows of two windows")
        .hasMessageContaining("business date");
  }

  @Test
  void hoursOfAHalfHourZoneAreRefused() {
    assertThatThrownBy(() -> contract(WindowUnit.HOUR, KOLKATA, LocalDate.of(2026, 11, 20)))
        .hasMessageContaining("its hours are not those of UTC");
  }

  @Test
  void aDayOf23HoursIsOneWindow() {
    create(contract(WindowUnit.DAY, NEW_YORK, LocalDate.of(2026, 3, 7)));
    sealsADayOf(23);
  }

  @Test
  void aDayOf25HoursIsOneWindow() {
    create(contract(WindowUnit.DAY, NEW_YORK, LocalDate.of(2026, 10, 31)));
    sealsADayOf(25);
  }

  @Test
  void aDayOf23HoursIsOneWindowOfHourPartitions() {
    create(contract(WindowUnit.DAY, NEW_YORK, LocalDate.of(2026, 3, 7)).partitionByPeriod());
    sealsADayOf(23);
  }

  @Test
  void aDayOf25HoursIsOneWindowOfHourPartitions() {
    create(contract(WindowUnit.DAY, NEW_YORK, LocalDate.of(2026, 10, 31)).partitionByPeriod());
    sealsADayOf(25);
  }

  @Test
  void theZoneOfTheMachineDoesNotMatter() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    try {
      create(contract());
      aDayInSeoulBeginsAtItsOwnMidnight();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void theStreamAndTheBatchMayRunInDifferentZones() {
    // Given
    TimeZone before = TimeZone.getDefault();
    stream.publish(
        second.hi(), cell(first, row(first, 23, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
    try {
      Window day = load().contract().window().parse("2026-11-20");
      assertThat(day).isEqualTo(first);
      seal("run-1", day, row(first, 23, 7, 10));
    } finally {
      TimeZone.setDefault(before);
    }

    // Then
    assertThat(rows()).containsExactly(row(first, 23, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  /** The second window is the odd day: all its hours are published, then sealed. */
  private void sealsADayOf(int hours) {
    // Given
    assertThat(Duration.between(second.lo(), second.hi())).isEqualTo(Duration.ofHours(hours));
    Row before = row(first, 23, 7, 1);
    Row after = row(third, 0, 7, 1);
    Row[] day =
        IntStream.range(0, hours).mapToObj(hour -> row(second, hour, 7, hour)).toArray(Row[]::new);
    stream.publish(third.hi(), cell(first, before), cell(second, day), cell(third, after));

    // When
    seal(
        "run-1",
        second,
        Set.of(Seal.Allow.SHRINK),
        row(second, 0, 7, 100),
        row(second, hours - 1, 7, 200));

    // Then
    assertThat(rows())
        .containsExactly(
            before,
            row(second, 0, 7, 100).sealed(),
            row(second, hours - 1, 7, 200).sealed(),
            after);
  }
}
