package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a manifest may not say about where the rows of a table come from. */
class SourceComplaintsTest extends BadManifest {

  @Test
  void aDurationWithoutAUnitIsRefused() {
    assertThat(complaints("out-of-order: 2m", "out-of-order: 120"))
        .containsExactly("34: 'out-of-order' in from: '120' has no unit; write e.g. 30d");
  }

  @Test
  void aDurationOfAnUnknownUnitIsRefused() {
    assertThat(complaints("out-of-order: 2m", "out-of-order: 2min"))
        .singleElement()
        .asString()
        .startsWith("34: 'out-of-order' in from: cannot read '2min' as a duration");
  }

  @Test
  void aSourceOfTheWrongKindIsRefused() {
    assertThat(complaints("source: events", "source: ads-db"))
        .containsExactly(
            "30: 'source' in from: postgresql source ads-db does not serve here; expected a kafka source");
  }

  @Test
  void anEventTimeThatIsNoFieldIsRefused() {
    assertThat(complaints("event-time: occurred_at", "event-time: ocurred_at"))
        .containsExactly(
            "33: 'event-time' in from: ocurred_at is not one of the fields (did you mean 'occurred_at'?)");
  }

  @Test
  void anEventTimeThatIsNoTimestampIsRefused() {
    assertThat(complaints("event-time: occurred_at", "event-time: campaign_id"))
        .containsExactly(
            "33: 'event-time' in from: field campaign_id is a long: expected timestamptz or timestamp");
  }

  @Test
  void aStreamIdThatCannotBePartOfAPropertyIsRefused() {
    assertThat(complaints("id: campaign-hourly", "id: campaign hourly"))
        .containsExactly(
            "28: 'id' in stream: expected up to 100 letters, digits, dots, dashes and underscores: campaign hourly");
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThat(complaints("format: json", "format: avro"))
        .containsExactly("32: 'format' in from: unknown format 'avro': expected json");
  }

  @Test
  void aQueryThatDoesNotBindBothEdgesIsRefused() {
    assertThat(complaints("t < :hi", "t < '2024-01-01:hi' AND t::hi"))
        .singleElement()
        .asString()
        .startsWith("43: 'query' in from: the query has no parameter :hi");
  }

  @Test
  void aSplitColumnThatIsNotInTheTableIsRefused() {
    assertThat(complaints("      source: ads-db\n", "      source: ads-db\n        split-by: id\n"))
        .containsExactly(
            "43: 'split-by' in from: id is no column of the table: expected one of hour, campaign_id, clicks");
  }

  @Test
  void aUrlOfAnotherDatabaseIsRefused() {
    assertThat(complaints("jdbc:postgresql://replica", "jdbc:mariadb://replica"))
        .containsExactly(
            "10: 'url' in source ads-db: expected jdbc:postgresql://<host>:<port>/<database>");
  }

  @Test
  void aUrlOfAnotherDatabaseIsRefusedWhateverItRefersTo() {
    assertThat(complaints("jdbc:postgresql://replica:5432/ads", "jdbc:mysql://${env:HOST}/ads"))
        .containsExactly(
            "10: 'url' in source ads-db: expected jdbc:postgresql://<host>:<port>/<database>");
  }
}
