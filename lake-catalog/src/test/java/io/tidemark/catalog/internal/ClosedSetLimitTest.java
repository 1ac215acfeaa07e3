package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bound of {@code tidemark.closed}. */
class ClosedSetLimitTest {

  private static final Set<Seal.Allow> ALLOWED = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);
  private static final LocalDate ORIGIN = LocalDate.of(2026, 1, 1);

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private UnifiedTable table;

  @BeforeEach
  void createTable() {
    catalog.initialize("test", Map.of());
    TableContract contract =
        TableContract.builder()
            .period("hour", Grain.HOUR)
            .window(WindowUnit.DAY, ZoneId.of("UTC"), ORIGIN)
            .key("campaign_id", Types.LongType.get())
            .measure("clicks", Types.LongType.get(), new Merge.Sum())
            .build();
    table = UnifiedTable.createOrVerify(catalog, TableIdentifier.of("ads", "ragged"), contract);
  }

  @Test
  void sealsInOrderNeverReachIt() {
    for (int day = 0; day < 100; day++) {
      seal(day);
    }
    assertThat(closed()).hasSizeLessThan(300);
  }

  @Test
  void anOutOfOrderSealBeyondItIsRefusedAndNamesTheHoles() {
    // Given
    int day = 1;
    RefusedException refused = null;
    // When
    while (refused == null && day < 400) {
      int next = day;
      refused = catchThrowableOfType(RefusedException.class, () -> seal(next));
      day += 2;
    }
    // Then
    assertThat(refused)
        .hasMessageContaining("of 4000. Fill these holes first: ")
        .hasMessageContaining("[2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z)");
    assertThat(closed().length()).isBetween(3_900, 4_200);
  }

  @Test
  void fillingHolesIsNeverRefusedAndMakesRoomAgain() {
    // Given
    int day = 1;
    while (catchThrowableOfType(RefusedException.class, sealing(day)) == null) {
      day += 2;
    }
    // When
    seal(0);
    seal(2);
    seal(4);
    seal(day);
    // Then
    assertThat(table.refresh().state().closed().isClosed(window(day))).isTrue();
  }

  @Test
  void scatteredCorrectionsAreNeverRefusedAndNoVersionFalls() {
    // Given
    seal(new Window(window(0).lo(), window(120).lo()), "first");
    // When
    for (int day = 1; day < 120; day += 2) {
      int version = version(day);
      reseal(day);
      assertThat(version(day)).isGreaterThan(version);
      assertThat(closed().length()).isLessThan(4_200);
    }
    seal(120);
    // Then
    assertThat(table.refresh().state().closed().holes(window(0).lo())).isEmpty();
    assertThat(IntStream.range(0, 120).map(this::version)).allMatch(version -> version >= 1);
    assertThat(version(119)).isEqualTo(2);
    assertThat(version(120)).isEqualTo(1);
  }

  private void reseal(int day) {
    SealPlan plan = table.planReseal("correct-" + day, window(day));
    table.seal(new Seal(plan, List.of(), null, ALLOWED));
  }

  private int version(int day) {
    return table.refresh().state().closed().version(window(day));
  }

  private ThrowingCallable sealing(int day) {
    return () -> seal(day);
  }

  private void seal(int day) {
    seal(window(day), "run-" + day);
  }

  private void seal(Window range, String runId) {
    table.seal(new Seal(table.planSeal(runId, range, ALLOWED), List.of(), null, ALLOWED));
  }

  private Window window(int day) {
    return table.contract().window().parse(ORIGIN.plusDays(day).toString());
  }

  private String closed() {
    return table.refresh().table().properties().get(Keys.CLOSED);
  }
}
