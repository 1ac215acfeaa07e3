package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Attention.Reason;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedRange.LastRun;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state properties of FORMAT.md, to the letter. */
class StateFormatTest {

  private static final Anchor ANCHOR = new Anchor(3051729675574597004L, 12);
  private static final String COMMIT_ID = "6f1c2f7e-5a0e-4b60-9d0a-0d0f2b9f7a11";
  private static final String STREAM = Keys.STREAM_PREFIX + "campaign-hourly";

  @Test
  void closedSet() {
    ClosedSet closed =
        new ClosedSet(
            List.of(
                new ClosedRange(days(20, 22), 1, new LastRun("daily-21", days(21, 22))),
                new ClosedRange(days(22, 23), 2, new LastRun("correct \"22\"", days(22, 23))),
                new ClosedRange(days(24, 25), 1, null)));
    String golden = Golden.read("closed.json");
    assertThat(StateCodec.encode(closed, Cuts.none(), ANCHOR)).isEqualTo(golden);
    assertThat(decode(Keys.CLOSED, golden))
        .isEqualTo(new TableState(closed, Cuts.none(), ANCHOR, Map.of(), List.of(), null, null));
  }

  @Test
  void closedSetWithCuts() {
    ClosedSet closed =
        new ClosedSet(
            List.of(new ClosedRange(days(20, 22), 1, new LastRun("daily-21", days(20, 22)))));
    Cuts cuts = Cuts.none().seal(days(20, 22), "2026-11-21T18:00:00Z");
    String golden = Golden.read("closed-with-cuts.json");
    assertThat(StateCodec.encode(closed, cuts, ANCHOR)).isEqualTo(golden);
    assertThat(decode(Keys.CLOSED, golden))
        .isEqualTo(new TableState(closed, cuts, ANCHOR, Map.of(), List.of(), null, null));
  }

  @Test
  void streamToken() {
    StreamToken token =
        token(
            Instant.parse("2026-11-22T05:03:20.000001Z"),
            Map.of("ad-events-0", "1234", "ad-events-1", "99"));
    String golden = Golden.read("stream-token.json");
    assertThat(StateCodec.encode(token)).isEqualTo(golden);
    assertThat(decode(STREAM, golden).token("campaign-hourly")).hasValue(token);
  }

  @Test
  void streamTokenBeforeTheFirstEvent() {
    StreamToken token = token(null, Map.of());
    String golden = Golden.read("stream-token-before-first-event.json");
    assertThat(StateCodec.encode(token)).isEqualTo(golden);
    assertThat(decode(STREAM, golden).token("campaign-hourly")).hasValue(token);
  }

  @Test
  void theTokenOfARetiredStream() {
    StreamToken token = token(null, Map.of());
    StreamToken retired =
        token.fencedBy("campaign-hourly", COMMIT_ID, new Anchor(3051729675574597005L, 14), true);
    String golden = Golden.read("stream-token-retired.json");
    assertThat(StateCodec.encode(retired)).isEqualTo(golden);
    assertThat(decode(STREAM, golden).token("campaign-hourly")).hasValue(retired);
  }

  @Test
  void attention() {
    List<Attention> attention =
        List.of(
            new Attention(days(20, 21), Reason.LATE, 13),
            new Attention(days(21, 22), Reason.FOREIGN_WRITE, 0),
            new Attention(days(21, 22), Reason.ACKNOWLEDGED, 0),
            new Attention(days(22, 23), Reason.HISTORY_REWRITTEN, 0));
    String golden = Golden.read("attention.json");
    assertThat(StateCodec.encode(attention)).isEqualTo(golden);
    assertThat(decode(Keys.ATTENTION, golden).attention()).isEqualTo(attention);
    assertThat(attention).extracting(Attention::reason).containsExactly(Reason.values());
  }

  @Test
  void anAttentionOfALaterVersionIsIgnored() {
    String golden = Golden.read("attention.json");
    String later = golden.replace("\"late\"", "\"of-a-later-version\"");
    assertThat(decode(Keys.ATTENTION, later).attention())
        .extracting(Attention::reason)
        .containsExactly(Reason.FOREIGN_WRITE, Reason.ACKNOWLEDGED, Reason.HISTORY_REWRITTEN);
  }

  @Test
  void anchor() {
    String golden = Golden.read("anchor.json");
    assertThat(StateCodec.encode(ANCHOR)).isEqualTo(golden);
    assertThat(decode(Keys.ANCHOR, golden).anchor()).isEqualTo(ANCHOR);
  }

  @Test
  void aTableWithoutStateIsNew() {
    assertThat(StateCodec.decode(Map.of("owner", "ads"))).isEqualTo(TableState.NEW);
  }

  @Test
  void whatALaterVersionAddedToAnEntryIsIgnored() {
    String later = Golden.read("anchor.json").replace("{", "{\"added-later\":[1],");
    assertThat(decode(Keys.ANCHOR, later).anchor()).isEqualTo(ANCHOR);
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsKey() {
    assertThatThrownBy(() -> decode(Keys.CLOSED, "{"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Cannot read table property tidemark.closed");
  }

  @Test
  void positionsThatFitAreKept() {
    StreamToken token = token(null, positions(StateCodec.POSITIONS_LIMIT));
    String encoded = StateCodec.encode(token);
    assertThat(decode(STREAM, encoded).token("campaign-hourly")).hasValue(token);
  }

  @Test
  void positionsThatDoNotFitAreLeftOut() {
    StreamToken token = token(null, positions(StateCodec.POSITIONS_LIMIT + 1));
    String encoded = StateCodec.encode(token);
    assertThat(encoded).isEqualTo(Golden.read("stream-token-before-first-event.json"));
  }

  @Test
  void aTokenWithoutPositionsFitsIntoItsShare() {
    assertThat(StateCodec.encode(token(Instant.MAX, Map.of())).length()).isLessThanOrEqualTo(512);
  }

  private static TableState decode(String key, String value) {
    return StateCodec.decode(Map.of(key, value));
  }

  private static StreamToken token(@Nullable Instant watermark, Map<String, String> positions) {
    return new StreamToken(
        "campaign-hourly",
        COMMIT_ID,
        ANCHOR.snapshotId(),
        ANCHOR.sequenceNumber(),
        ANCHOR.sequenceNumber(),
        watermark,
        positions,
        false);
  }

  /** Returns positions whose text has exactly that many characters. */
  private static Map<String, String> positions(int characters) {
    Map<String, String> positions = new HashMap<>();
    positions.put("topic-0", "");
    int missing = characters - StateCodec.positions(positions).length();
    positions.put("topic-0", "7".repeat(missing));
    return positions;
  }

  /** Days of November 2026 in Seoul. */
  private static Window days(int first, int end) {
    Instant edge = Instant.parse("2026-10-31T15:00:00Z");
    return new Window(
        edge.plusSeconds((first - 1) * 86_400L), edge.plusSeconds((end - 1) * 86_400L));
  }
}
