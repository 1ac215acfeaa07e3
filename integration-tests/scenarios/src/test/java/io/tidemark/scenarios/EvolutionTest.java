package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.ContractChangedException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.window.WindowUnit;
import io.tidemark.fixtures.Fault;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** The contract, the columns and the layout change in mid-life. */
class EvolutionTest extends Scenario {

  @Test
  void aNewMeasureBetweenStreamAndBatchIsNullInTheRowsBeforeIt() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    UnifiedTable.createOrVerify(lake.catalog(), id, withViews().build());
    seal("run-1", first, row(first, 0, 7, 10).views(100L));

    // Then
    assertThat(rows())
        .containsExactly(row(first, 0, 7, 10).views(100L).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aStreamStartsAgainToSeeANewMeasure() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    UnifiedTable.createOrVerify(lake.catalog(), id, withViews().build());

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its contract changed since it was loaded");
    StreamRun restarted = new StreamRun(load(), history, stream.parents());
    restarted.publish(first.lo(), cell(first, row(first, 0, 7, 2).views(5L)));
    assertThat(rows()).containsExactly(row(first, 0, 7, 2).views(5L));
  }

  @Test
  void aMeasureAddedBetweenPlanAndSwapStopsThePublish() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> UnifiedTable.createOrVerify(lake.catalog(), id, withViews().build()));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its contract changed since it was loaded");
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aRenamedMeasureKeepsItsRows() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    load().table().updateSchema().renameColumn("clicks", "hits").commit();
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(load().contract().measure("hits")).isPresent();
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void renamedPeriodKeyAndBusinessDateKeepTheTableWhole() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    load()
        .table()
        .updateSchema()
        .renameColumn("hour", "starts_at")
        .renameColumn("campaign_id", "campaign")
        .renameColumn("business_date", "day")
        .commit();
    StreamRun restarted = new StreamRun(load(), history, stream.parents());
    restarted.publish(first.hi(), cell(second, row(second, 0, 7, 3)));
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 3));
  }

  @Test
  void aFinerSpecInMidLifeIsSealedTogetherWithTheOldOne() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    load().table().updateSpec().addField(Expressions.bucket("campaign_id", 4)).commit();
    StreamRun restarted = new StreamRun(load(), history, stream.parents());
    restarted.publish(first.hi(), cell(second, row(second, 0, 7, 3), row(second, 0, 8, 4)));
    seal("run-1", first, row(first, 0, 7, 10), row(first, 0, 8, 11));

    // Then
    assertThat(rows())
        .containsExactly(
            row(first, 0, 7, 10).sealed(),
            row(first, 0, 8, 11).sealed(),
            row(second, 0, 7, 3),
            row(second, 0, 8, 4));
  }

  @Test
  void aWindowWithFilesOfTwoSpecsIsTakenOverWhole() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1), row(first, 0, 8, 2)));
    load().table().updateSpec().addField(Expressions.bucket("campaign_id", 4)).commit();
    hands().insert(history, row(first, 0, 9, 3));

    // When
    seal("run-1", first, row(first, 0, 7, 10), row(first, 0, 8, 11));

    // Then
    assertThat(rows())
        .containsExactly(row(first, 0, 7, 10).sealed(), row(first, 0, 8, 11).sealed());
  }

  @Test
  void filesOfACoarserSpecAreRefusedByTheCommitThatWouldAddThem() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    load().table().updateSpec().removeField("business_date").commit();
    StreamRun restarted = new StreamRun(load(), history, stream.parents());

    // When, Then
    assertThatThrownBy(() -> restarted.publish(first.hi(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a partition would hold rows of two windows");
    assertThatThrownBy(() -> seal("run-1", first, row(first, 0, 7, 10)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a partition would hold rows of two windows");
    load().table().updateSpec().addField("business_date").commit();
    seal("run-2", first, row(first, 0, 7, 10));
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void anotherContractIsRefusedWithTheDifference() {
    ContractBuilder days = contract(WindowUnit.DAY, ZoneOffset.UTC, LocalDate.of(2026, 11, 20));

    assertThatThrownBy(() -> UnifiedTable.createOrVerify(lake.catalog(), id, days.build()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("window: the table has")
        .hasMessageContaining("Asia/Seoul");
  }

  @Test
  void aContractChangedByPropertiesAloneIsRefusedAtTheNextCommit() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    changeContract();

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its contract changed since it was loaded");
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aContractChangedBetweenPlanAndSwapIsFound() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(this::changeContract);

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(contractChanged())
        .hasMessageContaining("contract");
  }

  @Test
  void aContractChangedBehindACommitThatIsOnlyFoundByItsIdIsFoundToo() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict().runBefore(this::changeContract));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(contractChanged())
        .hasMessageContaining("contract");
  }

  /** A JDBC catalog lets nobody in between; a REST server applies the commit over the change. */
  private Class<? extends LakeException> contractChanged() {
    return lake instanceof RestLake ? ContractChangedException.class : RefusedException.class;
  }

  private void changeContract() {
    UnifiedTable other = load();
    String contract = other.table().properties().get("tidemark.contract");
    other
        .table()
        .updateProperties()
        .set("tidemark.contract", contract.replace("quarantine", "drop"))
        .commit();
  }

  private static ContractBuilder withViews() {
    return contract().measure("views", Types.LongType.get(), new Merge.Sum());
  }
}
