package io.tidemark.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.window.WindowUnit;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class TableLayoutTest {

  @Test
  void dayWindowsInSeoulGetABusinessDate() {
    TableContract contract = contract(WindowUnit.DAY, "Asia/Seoul").build();
    Schema schema = TableLayout.schema(contract);

    PartitionSpec spec = TableLayout.spec(contract, schema);

    assertThat(spec.fields()).extracting(f -> f.name()).containsExactly("business_date");
    assertThat(contract.columns()).endsWith("is_final", "business_date");
  }

  @Test
  void dayWindowsInUtcAreDaysOfThePeriod() {
    TableContract contract = contract(WindowUnit.DAY, "UTC").build();

    PartitionSpec spec = TableLayout.spec(contract, TableLayout.schema(contract));

    assertThat(spec.fields()).extracting(f -> f.transform().toString()).containsExactly("day");
  }

  @Test
  void dayWindowsInSeoulOverDaysOfThePeriodAreRefusedWithWhatFits() {
    TableContract contract = contract(WindowUnit.DAY, "Asia/Seoul").partitionByPeriod().build();
    Schema schema = TableLayout.schema(contract);
    PartitionSpec days = PartitionSpec.builderFor(schema).day("hour").build();

    assertThatThrownBy(() -> TableLayout.check("ads.t", contract, days, schema))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("hour(hour), or identity of a business date");
  }

  @Test
  void dayWindowsInIndiaOverHoursAreRefused() {
    TableContract contract = contract(WindowUnit.DAY, "Asia/Kolkata").partitionByPeriod().build();
    Schema schema = TableLayout.schema(contract);
    PartitionSpec hours = PartitionSpec.builderFor(schema).hour("hour").build();

    assertThatThrownBy(() -> TableLayout.check("ads.t", contract, hours, schema))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("What fits: identity of a business date");
  }

  @Test
  void hoursFitDaysInSeoulAndMonthsFitOnlyMonthsInUtc() {
    TableContract seoul = contract(WindowUnit.DAY, "Asia/Seoul").partitionByPeriod().build();
    TableContract months = contract(WindowUnit.MONTH, "UTC").build();
    Schema schema = TableLayout.schema(seoul);

    assertThatCode(
            () ->
                TableLayout.check(
                    "t", seoul, PartitionSpec.builderFor(schema).hour("hour").build(), schema))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                TableLayout.check(
                    "t", months, PartitionSpec.builderFor(schema).month("hour").build(), schema))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TableLayout.check("t", months, PartitionSpec.unpartitioned(), schema))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void contractThatSumsTextIsRefused() {
    assertThatThrownBy(
            () ->
                contract(WindowUnit.DAY, "UTC")
                    .measure("label", Types.StringType.get(), new Merge.Sum())
                    .build())
        .hasMessageContaining("Cannot sum measure label");
  }

  @Test
  void lastNeedsAnOrderingMeasure() {
    assertThatThrownBy(
            () ->
                contract(WindowUnit.DAY, "UTC")
                    .measure("label", Types.StringType.get(), new Merge.Last("updated_at"))
                    .build())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("updated_at, which is no measure merged by max");
  }

  @Test
  void grainCoarserThanTheWindowIsRefused() {
    assertThatThrownBy(
            () ->
                TableContract.builder()
                    .period("day", Grain.DAY)
                    .window(WindowUnit.HOUR, ZoneId.of("UTC"), LocalDate.of(2026, 1, 1))
                    .key("id", Types.LongType.get())
                    .measure("n", Types.LongType.get(), new Merge.Sum())
                    .build())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a hour window holds no whole day");
  }

  private static ContractBuilder contract(WindowUnit unit, String zone) {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(unit, ZoneId.of(zone), LocalDate.of(2026, 1, 1))
        .key("campaign_id", Types.LongType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum());
  }
}
