package io.tidemark.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new LocalZonedTimestampType(6), VarCharType.STRING_TYPE, new BigIntType()
          },
          new String[] {"hour", "placement", "clicks"});
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  private final TableContract contract =
      TableContract.builder()
          .period("hour", Grain.HOUR)
          .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 20))
          .key("placement", Types.StringType.get())
          .measure("clicks", Types.LongType.get(), new Merge.Sum())
          .cells(8, "placement")
          .allowedSkew(Duration.ofDays(1))
          .openHorizon(Duration.ofDays(2))
          .build();
  private final Window first = contract.window().parse("2026-11-20");
  private final Window second = contract.window().next(first);
  private final Admission admission = new Admission(contract, TYPE);

  @Test
  void rowAtTheStartOfAWindowBelongsToIt() {
    Verdict verdict = judge(second.lo(), ClosedSet.empty().seal(first, "run"));

    assertThat(verdict).isEqualTo(admitted(second));
  }

  @Test
  void rowAtTheEndOfAClosedWindowBelongsToTheNext() {
    Verdict verdict = judge(first.hi(), ClosedSet.empty().seal(first, "run"));

    assertThat(verdict).isEqualTo(admitted(second));
  }

  @Test
  void rowRightBeforeTheEndOfAClosedWindowIsLate() {
    Verdict verdict = judge(first.hi().minusNanos(1_000), ClosedSet.empty().seal(first, "run"));

    assertThat(verdict).isEqualTo(new Verdict.PutAside(Verdict.Reason.LATE));
  }

  @Test
  void rowBehindAnIslandIsNotLate() {
    Verdict verdict = judge(first.lo(), ClosedSet.empty().seal(second, "run"));

    assertThat(verdict).isEqualTo(admitted(first));
  }

  @Test
  void rowBeforeTheOriginIsPutAside() {
    Verdict verdict = judge(Instant.parse("1969-12-31T23:00:00Z"), ClosedSet.empty());

    assertThat(verdict).isEqualTo(new Verdict.PutAside(Verdict.Reason.BEFORE_ORIGIN));
  }

  @Test
  void rowAsFarAheadAsAllowedIsAdmittedAndNoneFurther() {
    Instant farthest = NOW.plus(contract.allowedSkew());

    assertThat(judge(farthest, ClosedSet.empty())).isInstanceOf(Verdict.Admitted.class);
    assertThat(judge(farthest.plusNanos(1_000), ClosedSet.empty()))
        .isEqualTo(new Verdict.PutAside(Verdict.Reason.FUTURE));
  }

  @Test
  void windowIsFrozenOnceTheWatermarkIsTheHorizonBeyondIt() {
    Instant edge = first.hi().plus(Duration.ofDays(2));

    assertThat(judge(first.lo(), edge.minusMillis(1))).isInstanceOf(Verdict.Admitted.class);
    assertThat(judge(first.lo(), edge)).isEqualTo(new Verdict.PutAside(Verdict.Reason.FROZEN));
  }

  @Test
  void bucketIsThatOfIceberg() {
    Integer bucket = Transforms.bucket(8).bind(Types.StringType.get()).apply("top");

    assertThat(judge(first.lo(), ClosedSet.empty()))
        .isEqualTo(new Verdict.Admitted(new Cell(first, bucket)));
  }

  @Test
  void rowWithoutAPeriodIsUnreadable() {
    RowData row = GenericRowData.of(null, StringData.fromString("top"), 1L);

    assertThat(admission.judge(row, TableState.NEW, null, NOW))
        .isEqualTo(new Verdict.Unreadable("hour is null"));
  }

  @Test
  void rowOfAClosedWindowBeforeTheCutIsCovered() {
    Cuts cuts = Cuts.none().seal(first, "5");

    assertThat(late(4L, first, cuts)).isEqualTo(new Verdict.Covered());
  }

  @Test
  void rowAtTheCutOrWithoutAPositionIsLate() {
    Cuts cuts = Cuts.none().seal(first, "5");
    Verdict late = new Verdict.PutAside(Verdict.Reason.LATE);

    assertThat(late(5L, first, cuts)).isEqualTo(late);
    assertThat(late(null, first, cuts)).isEqualTo(late);
  }

  @Test
  void cutOfAnotherWindowCoversNothing() {
    Cuts cuts = Cuts.none().seal(second, "5");

    assertThat(late(4L, first, cuts)).isEqualTo(new Verdict.PutAside(Verdict.Reason.LATE));
  }

  /** Judges a row of a closed window by a contract that compares clicks with the cut. */
  private Verdict late(@Nullable Long clicks, Window window, Cuts cuts) {
    TableContract comparing =
        TableContract.builder()
            .period("hour", Grain.HOUR)
            .window(contract.window())
            .key("placement", Types.StringType.get())
            .measure("clicks", Types.LongType.get(), new Merge.Max())
            .coveredBy("clicks")
            .build();
    RowData row =
        GenericRowData.of(
            TimestampData.fromInstant(window.lo()), StringData.fromString("top"), clicks);
    TableState state = state(ClosedSet.empty().seal(window, "run"), cuts);
    return new Admission(comparing, TYPE).judge(row, state, null, NOW);
  }

  private static TableState state(ClosedSet closed, Cuts cuts) {
    return new TableState(closed, cuts, null, Map.of(), List.of(), null, null);
  }

  private Verdict judge(Instant period, ClosedSet closed) {
    return admission.judge(row(period), state(closed, Cuts.none()), null, NOW);
  }

  private Verdict judge(Instant period, Instant watermark) {
    return admission.judge(row(period), TableState.NEW, watermark, NOW);
  }

  private Verdict admitted(Window window) {
    Integer bucket = Transforms.bucket(8).bind(Types.StringType.get()).apply("top");
    return new Verdict.Admitted(new Cell(window, bucket));
  }

  private static RowData row(Instant period) {
    return GenericRowData.of(TimestampData.fromInstant(period), StringData.fromString("top"), 1L);
  }
}
