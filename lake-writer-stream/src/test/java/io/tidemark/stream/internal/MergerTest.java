package io.tidemark.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class MergerTest {

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new LocalZonedTimestampType(6),
            new BigIntType(),
            new DecimalType(4, 2),
            new BigIntType(),
            new BigIntType(),
            VarCharType.STRING_TYPE
          },
          new String[] {"hour", "id", "cost", "least", "at", "status"});

  private final Merger merger =
      new Merger(
          TableContract.builder()
              .period("hour", Grain.HOUR)
              .window(WindowUnit.DAY, ZoneOffset.UTC, LocalDate.of(2026, 11, 20))
              .key("id", Types.LongType.get())
              .measure("cost", Types.DecimalType.of(4, 2), new Merge.Sum())
              .measure("least", Types.LongType.get(), new Merge.Min())
              .measure("at", Types.LongType.get(), new Merge.Max())
              .measure("status", Types.StringType.get(), new Merge.Last("at"))
              .build(),
          TYPE);

  @Test
  void firstContributionStandsAsItIs() {
    RowData merged = merger.merge(null, row("1.25", 3L, 10L, "open"));

    assertThat(merged).isEqualTo(row("1.25", 3L, 10L, "open"));
  }

  @Test
  void everyMeasureMergesByItsFunction() {
    RowData merged = merger.merge(row("1.25", 3L, 10L, "open"), row("2.50", 1L, 20L, "closed"));

    assertThat(merged).isEqualTo(row("3.75", 1L, 20L, "closed"));
  }

  @Test
  void lastGoesByItsOrderingColumnAndNotByArrival() {
    RowData merged = merger.merge(row("1.25", 3L, 20L, "closed"), row("0.00", 9L, 10L, "open"));

    assertThat(merged).isEqualTo(row("1.25", 3L, 20L, "closed"));
  }

  @Test
  void laterArrivalWinsWhereTheOrderingIsEqual() {
    RowData merged = merger.merge(row("0.00", 3L, 20L, "open"), row("0.00", 3L, 20L, null));

    assertThat(merged).isEqualTo(row("0.00", 3L, 20L, null));
  }

  @Test
  void nullIsNoValue() {
    RowData merged = merger.merge(row(null, null, null, "open"), row("1.00", null, 5L, "late"));

    assertThat(merged).isEqualTo(row("1.00", null, 5L, "late"));
  }

  @Test
  void sumThatDoesNotFitIsAnErrorAndNeverWrapped() {
    RowData most = row("99.99", 1L, 1L, "a");
    RowData little = row("0.01", 1L, 1L, "a");

    assertThatThrownBy(() -> merger.merge(most, little))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("cost")
        .hasMessageContaining("100.00");
  }

  private static RowData row(String cost, Long least, Long at, String status) {
    return GenericRowData.of(
        TimestampData.fromInstant(Instant.parse("2026-11-20T00:00:00Z")),
        7L,
        cost == null ? null : DecimalData.fromBigDecimal(new BigDecimal(cost), 4, 2),
        least,
        at,
        StringData.fromString(status));
  }
}
