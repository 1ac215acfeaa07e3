package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** The state of loads of FORMAT.md, to the letter. */
class LoadStateFormatTest {

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.IntegerType.get()),
          Types.NestedField.required(2, "region", Types.StringType.get()));

  @Test
  void rangesOfAColumn() {
    LoadTerms terms =
        new LoadTerms(
            Load.Mode.APPEND,
            "shop public.events",
            "tenant <> 'test'",
            "created_at",
            List.of(),
            List.of());
    LoadState state =
        state(
            new LoadPosition(
                terms,
                List.of(
                    new CursorRange(null, "2026-11-20T15:00:00Z"),
                    new CursorRange("2026-11-21T15:00:00Z", "2026-11-22T05:03:20.000001Z")),
                null));

    assertGolden(state, "load-append.json");
  }

  @Test
  void orderOfTransactions() {
    LoadTerms terms =
        new LoadTerms(
            Load.Mode.UPSERT,
            "shop public.orders",
            null,
            null,
            List.of("id", "region"),
            List.of("region from region bpchar(2)"));
    LoadState state =
        state(
            new LoadPosition(
                terms,
                List.of(new CursorRange(null, "734")),
                "734 736 primary 7301874932650214/1/16384/"));

    assertGolden(state, "load-upsert.json");
  }

  @Test
  void columnOfTheKeyThatIsGoneHasNoName() {
    Schema without = new Schema(SCHEMA.findField("region"));

    assertThat(decode(Golden.read("load-upsert.json"), without).position().terms().key())
        .containsExactly("#1", "region");
  }

  private static LoadState state(LoadPosition position) {
    return new LoadState(position, "daily-22", 1_250, new Anchor(3051729675574597004L, 12));
  }

  private static void assertGolden(LoadState state, String file) {
    String golden = Golden.read(file);
    assertThat(LoadStateCodec.encode(state, SCHEMA)).isEqualTo(golden);
    assertThat(decode(golden, SCHEMA)).isEqualTo(state);
  }

  private static LoadState decode(String text, Schema schema) {
    return LoadStateCodec.decode(Map.of(Keys.LOAD, text), schema).orElseThrow();
  }
}
