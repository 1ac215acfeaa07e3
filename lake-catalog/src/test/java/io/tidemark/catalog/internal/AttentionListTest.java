package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Attention.Reason;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionListTest {

  @Test
  void joinsWhatTouchesForTheSameReason() {
    List<Attention> entries =
        new AttentionList(List.of())
            .add(List.of(late(1, 2), new Attention(days(2, 3), Reason.FOREIGN_WRITE, 0)))
            .add(List.of(late(2, 3)))
            .entries();

    assertThat(entries)
        .containsExactly(
            new Attention(days(1, 3), Reason.LATE, 2),
            new Attention(days(2, 3), Reason.FOREIGN_WRITE, 0));
  }

  @Test
  void leavesWhatASealDoesNotCover() {
    List<Attention> entries = new AttentionList(List.of(late(1, 4))).settle(days(2, 3)).entries();

    assertThat(entries).containsExactly(late(1, 2), late(3, 4));
  }

  @Test
  void staysWithinItsLimitAndLosesNoWindow() {
    // Given
    List<Attention> many = new ArrayList<>();
    for (int day = 0; day < 3_000; day += 3) {
      many.add(late(day, day + 1));
    }
    many.add(late(3_010, 3_011));

    // When
    List<Attention> entries = new AttentionList(List.of()).add(many).entries();

    // Then
    assertThat(StateCodec.encode(entries)).hasSizeLessThanOrEqualTo(StateCodec.ATTENTION_LIMIT);
    assertThat(entries).last().isEqualTo(late(3_010, 3_011));
    assertThat(entries.stream().mapToLong(Attention::count).sum()).isEqualTo(many.size());
    assertThat(many)
        .allMatch(one -> entries.stream().anyMatch(e -> covers(e.range(), one.range())));
  }

  private static boolean covers(Window range, Window window) {
    return !window.lo().isBefore(range.lo()) && !window.hi().isAfter(range.hi());
  }

  private static Attention late(int from, int to) {
    return new Attention(days(from, to), Reason.LATE, 1);
  }

  private static Window days(int from, int to) {
    Instant first = Instant.parse("2020-01-01T00:00:00Z");
    return new Window(first.plus(Duration.ofDays(from)), first.plus(Duration.ofDays(to)));
  }
}
