package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a manifest is read: every complaint, with its line, and what was meant. */
class ManifestComplaintsTest extends BadManifest {

  @Test
  void theGoodManifestHasNoComplaint() throws IOException {
    Files.writeString(dir.resolve("lake.yaml"), GOOD);
    assertThat(Manifest.load(dir.resolve("lake.yaml")).tables()).hasSize(1);
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    assertThat(complaints("      grain: hour", "      grian: hour"))
        .containsExactly(
            "16: period lacks the key 'grain'",
            "18: unknown key 'grian' in period: expected column, grain, type (did you mean 'grain'?)");
  }

  @Test
  void everyComplaintIsCollected() {
    String bad =
        GOOD.replace("unit: day", "unit: week")
            .replace("merge: sum", "merge: add")
            .replace("source: ads-db", "source: ads")
            .replace("type: jdbc", "type: glue");
    assertThat(complaintsAbout(bad))
        .containsExactly(
            "2: 'type' in catalog: catalog type 'glue' is not supported: expected jdbc or rest",
            "20: 'unit' in window: Unknown window unit 'week': expected hour, day or month",
            "26: 'merge' in measure clicks: unknown merge 'add': expected sum, min, max, last",
            "42: 'source' in from: unknown source 'ads': expected one of ads-db, events");
  }

  @Test
  void aDuplicateKeyIsRefused() {
    assertThat(complaints("      grain: hour", "      grain: hour\n      grain: day"))
        .containsExactly("19: duplicate key 'grain' in period");
  }

  @Test
  void aDuplicateTableIsRefused() {
    assertThat(complaintsAbout(GOOD + "  ads.campaign_hourly: {}\n"))
        .containsExactly("44: duplicate key 'ads.campaign_hourly' in tables");
  }

  @Test
  void aTypoOfACatalogKeyIsRefused() {
    assertThat(complaints("  user: lake", "  usr: lake"))
        .singleElement()
        .asString()
        .startsWith("5: unknown key 'usr' in catalog")
        .endsWith("(did you mean 'user'?)");
  }

  @Test
  void aMissingSectionIsNamed() {
    assertThat(complaints("    keys:\n      campaign_id: long\n", ""))
        .contains("15: table ads.campaign_hourly lacks the section 'keys'");
  }

  @Test
  void aTableWithoutANamespaceIsRefused() {
    assertThat(complaints("ads.campaign_hourly", "campaign_hourly"))
        .containsExactly("15: cannot name a table 'campaign_hourly': expected <namespace>.<table>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ads..hourly               | expected <namespace>.<table>
          ads. .hourly              | expected <namespace>.<table>
          ads.a/hourly              | it has one of / \\ ? # * or a control character
          ads.hourly#1              | it has one of / \\ ? # * or a control character
          ads.hourly__dead          | __late and __dead are the side tables'
          ads.tidemark_windows      | that is what runs and windows are recorded in
          ads.tidemark_runs         | that is what runs and windows are recorded in
          """)
  void aNameThatWouldLeaveItsPlaceIsRefused(String name, String complaint) {
    assertThat(complaints("ads.campaign_hourly", "\"" + name + "\""))
        .containsExactly("15: cannot name a table '%s': %s".formatted(name, complaint));
  }

  @Test
  void aTextWhereASectionBelongsIsRefused() {
    assertThat(complaints("{ type: long, merge: sum }", "long"))
        .contains("26: measure clicks must be a mapping of keys to values");
  }

  @Test
  void anEmptyManifestIsRefused() {
    assertThat(message("")).endsWith("it is empty");
  }

  @Test
  void aManifestThatIsNotThereIsRefused() {
    InvalidRequestException e =
        catchThrowableOfType(
            InvalidRequestException.class, () -> Manifest.load(dir.resolve("none.yaml")));
    assertThat(e).hasMessageContaining("none.yaml: there is no such file");
  }
}
