package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.stream.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream is taken over that may have read another topic before. */
class TakeOverTest {

  @TempDir Path dir;

  private Lake lake;

  @BeforeEach
  void create() {
    lake = Lake.create(dir, OpenLayout.EVENTS);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void acceptedGapAfterAChangeOfTopicReadsFromTheEnd() {
    published(Map.of("ads-2-0", "5"));

    TakeOver taken = takeOver(Restart.ACCEPT_GAP);

    assertThat(taken.offsets()).isEqualTo(new StartingOffsets(Map.of(), true, true));
    assertThat(taken.token().positions()).isEmpty();
  }

  @Test
  void positionsOfATopicOfLikeNameAreNotKnown() {
    published(Map.of("ads-2-0", "5"));

    assertThatThrownBy(() -> takeOver(Restart.TAKE_OVER))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no positions in topic ads");
  }

  @Test
  void positionsOfAnotherTopicAreNotCarriedOn() {
    published(Map.of("old-0", "5", "ads-0", "7"));

    TakeOver taken = takeOver(Restart.TAKE_OVER);

    assertThat(taken.offsets().positions()).containsOnly(entry("ads-0", "7"));
    assertThat(taken.token().positions()).containsOnly(entry("ads-0", "7"));
  }

  @Test
  void cellsOfARetiredStreamAreTakenOverByTheNext() {
    lake.close();
    lake = Lake.create(dir.resolve("cells"), OpenLayout.CELLS);
    published("before", Map.of("ads-0", "7"));
    assertThatThrownBy(() -> takeOver(Restart.TAKE_OVER))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it would replace the rows of stream before");
    lake.table().retire("before", Duration.ZERO);
    assertThatThrownBy(() -> takeOver(Restart.WITH_STATE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the open rows are those of stream before, which was retired");

    TakeOver taken = takeOver(Restart.TAKE_OVER);

    assertThat(taken.token().streamId()).isEqualTo(Lake.STREAM);
    assertThat(taken.offsets().positions()).containsOnly(entry("ads-0", "7"));
  }

  private void published(Map<String, String> positions) {
    published(Lake.STREAM, positions);
  }

  private void published(String streamId, Map<String, String> positions) {
    SideRows none = SideRows.NONE;
    lake.table()
        .publish(
            new Publish(
                streamId, "p", Set.of(), List.of(), false, null, none, none, null, positions));
  }

  private TakeOver takeOver(Restart restart) {
    Source.Kafka source = new Source.Kafka("events", "broker:9092", Map.of());
    TableEntry.Stream stream =
        new TableEntry.Stream(
            Lake.STREAM, source, "ads", "json", "at", Duration.ZERO, Map.of(), "SELECT 1");
    KafkaTopic topic = new KafkaTopic(Map.of(new TopicPartition("ads", 0), 0L));
    return TakeOver.of(lake.table(), stream, topic, restart);
  }
}
