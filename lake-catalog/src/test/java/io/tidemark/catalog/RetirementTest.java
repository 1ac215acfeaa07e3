package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a stream that will not come back. */
class RetirementTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration FLIGHT = Duration.ofMinutes(10);

  private UnifiedTable table;
  private UnifiedTable inAWeek;
  private Window first;

  @BeforeEach
  void createTable() {
    TableContract contract = Clicks.contract().layout(OpenLayout.EVENTS).build();
    table = UnifiedTable.createOrVerify(Clicks.catalog(), Clicks.ID, contract);
    inAWeek =
        table.timing(
            new CommitTiming(
                Duration.ofMinutes(5),
                () -> Instant.now().plus(Duration.ofDays(7)),
                CommitTiming.DEFAULT.pause()));
    first = contract.window().parse("2026-11-20");
  }

  @Test
  void streamThatPublishedJustNowIsTakenForAlive() {
    publish("stopped", "s-1", Set.of());

    assertThatThrownBy(() -> table.retire("stopped", DAY))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("may be running");

    publish("stopped", "s-2", Set.of("s-1"));
  }

  @Test
  void silentStreamHoldsExpiryBackUntilItIsRetired() {
    publish("stopped", "s-1", Set.of());
    Instant stopped = now();
    publish("live", "l-1", Set.of());
    Instant live = now();
    assertThat(inAWeek.expirableBefore(FLIGHT)).isEqualTo(stopped);

    inAWeek.retire("stopped", DAY);

    assertThat(inAWeek.expirableBefore(FLIGHT)).isEqualTo(live);
  }

  @Test
  void foreignWriteThatNoCommitOfOursHasSeenYetHoldsExpiryBack() {
    table.table().newAppend().appendFile(TableFiles.file(table, first.lo(), 3)).commit();
    Instant written = now();
    for (int i = 0; i < 3; i++) {
      table.table().newFastAppend().commit();
    }
    assertThat(now()).isAfter(written);

    assertThat(inAWeek.expirableBefore(FLIGHT)).isEqualTo(written);
  }

  @Test
  void sealsWaitForTheStreamsThatAreLeft() {
    publish("stopped", "s-1", Set.of());
    publish("live", "l-1", Set.of(), first.hi());
    assertThatThrownBy(() -> table.planSeal("run-1", first, Set.of()))
        .isInstanceOf(RefusedException.class);

    table.retire("stopped", Duration.ZERO);

    assertThat(table.planSeal("run-1", first, Set.of()).windows()).containsExactly(first);
  }

  @Test
  void noRunOfARetiredStreamCommits() {
    publish("stopped", "s-1", Set.of());

    table.retire("stopped", Duration.ZERO);

    assertThatThrownBy(() -> publish("stopped", "s-2", Set.of("s-1")))
        .isInstanceOf(StreamFencedException.class);
    assertThatThrownBy(() -> publish("stopped", "s-3", Set.of()))
        .isInstanceOf(StreamFencedException.class);
  }

  @Test
  void takeOverBringsARetiredStreamBackFromWhereItEnded() {
    publish("stopped", "s-1", Set.of(), first.hi());
    StreamToken ended = table.retire("stopped", Duration.ZERO);

    StreamToken token = table.takeOver("stopped", "t-1");

    assertThat(token.positions()).isEqualTo(ended.positions()).containsEntry("clicks-0", "7");
    publish("stopped", "s-2", Set.of("t-1"));
    assertThat(table.refresh().state().token("stopped").orElseThrow().retired()).isFalse();
  }

  @Test
  void retiringAgainChangesNothing() {
    publish("stopped", "s-1", Set.of());
    StreamToken ended = table.retire("stopped", Duration.ZERO);

    assertThat(table.retire("stopped", DAY)).isEqualTo(ended);
  }

  @Test
  void streamThatNeverPublishedIsABadRequest() {
    assertThatThrownBy(() -> table.retire("stopped", Duration.ZERO))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("never published");
  }

  private Instant now() {
    return Instant.ofEpochMilli(table.refresh().table().currentSnapshot().timestampMillis());
  }

  private void publish(String streamId, String commitId, Set<String> parents) {
    publish(streamId, commitId, parents, first.lo());
  }

  private void publish(String streamId, String commitId, Set<String> parents, Instant watermark) {
    table.publish(
        new Publish(
            streamId,
            commitId,
            parents,
            List.of(),
            false,
            null,
            SideRows.NONE,
            SideRows.NONE,
            watermark,
            Map.of("clicks-0", "7")));
  }
}
