package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad manifest is a good one with one thing replaced. */
class ManifestComplaintsTest {

  private static final String GOOD =
      """
      catalog:
        type: jdbc
        uri: jdbc:postgresql://db:5432/lake
        warehouse: s3://lake/warehouse
        user: lake
        password: ${env:LAKE_PASSWORD}
      sources:
        ads-db:
          type: postgresql
          url: jdbc:postgresql://replica:5432/ads
          user: ads
          password: ${env:ADS_PASSWORD}
        events: { type: kafka, bootstrap: "broker:9092" }
      tables:
        ads.campaign_hourly:
          period:
            column: hour
            grain: hour
          window:
            unit: day
            zone: Asia/Seoul
            origin: 2024-01-01
          keys:
            campaign_id: long
          measures:
            clicks: { type: long, merge: sum }
          stream:
            id: campaign-hourly
            from:
              source: events
              topic: ad-events
              format: json
              event-time: occurred_at
              out-of-order: 2m
            fields:
              occurred_at: timestamptz
              campaign_id: long
            select: SELECT 1
            late: quarantine
          batch:
            from:
              source: ads-db
              query: SELECT 1 WHERE t >= :lo AND t < :hi
      """;

  @TempDir Path dir;

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
  void anUnknownTypeIsRefused() {
    assertThat(complaints("{ type: long,", "{ type: lng,"))
        .singleElement()
        .asString()
        .startsWith("26: 'type' in measure clicks: unknown type 'lng'")
        .endsWith("(did you mean 'long'?)");
  }

  @Test
  void aFloatingPointKeyIsRefused() {
    assertThat(
            complaints(
                "    keys:\n      campaign_id: long", "    keys:\n      campaign_id: double"))
        .containsExactly(
            "24: 'campaign_id' in keys: Cannot take campaign_id as a key: double has no exact equality");
  }

  @Test
  void aSumOfTextsIsRefused() {
    assertThat(complaints("{ type: long,", "{ type: string,"))
        .containsExactly(
            "26: measure clicks: Cannot sum measure clicks: string is not a numeric type");
  }

  @Test
  void lastWithoutItsOrderingColumnIsRefused() {
    assertThat(complaints("merge: sum", "merge: last"))
        .containsExactly("26: measure clicks lacks the key 'by'");
  }

  @Test
  void anOrderingColumnThatIsNoMaximumBreaksTheContract() {
    assertThat(complaints("merge: sum", "merge: last, by: clicks"))
        .containsExactly(
            "15: table ads.campaign_hourly: Cannot form a contract: measure clicks takes the last by clicks, which is no measure merged by max");
  }

  @Test
  void anUnknownZoneIsRefusedWithTheNearestKnownOne() {
    assertThat(complaints("Asia/Seoul", "Asia/Seul"))
        .containsExactly(
            "21: 'zone' in window: unknown zone 'Asia/Seul' (did you mean 'Asia/Seoul'?)");
  }

  @Test
  void anUnknownGrainIsRefused() {
    assertThat(complaints("grain: hour", "grain: hours"))
        .containsExactly(
            "18: 'grain' in period: Unknown grain 'hours': expected minute, hour, day or month");
  }

  @Test
  void anOriginThatIsNoDateIsRefused() {
    assertThat(complaints("origin: 2024-01-01", "origin: 2024-13-01"))
        .singleElement()
        .asString()
        .startsWith("22: 'origin' in window: ")
        .contains("2024-13-01");
  }

  @Test
  void hourWindowsInAHalfHourZoneAreRefused() {
    assertThat(
            complaintsAbout(
                GOOD.replace("unit: day", "unit: hour").replace("Asia/Seoul", "Asia/Kolkata")))
        .containsExactly(
            "19: window: Cannot cut hour windows in Asia/Kolkata: its hours are not those of UTC. Use day windows, or zone UTC");
  }

  @Test
  void aGrainLongerThanTheWindowBreaksTheContract() {
    assertThat(complaints("grain: hour", "grain: month"))
        .containsExactly(
            "15: table ads.campaign_hourly: Cannot form a contract: a day window holds no whole month");
  }

  @Test
  void dayWindowsOfAHalfHourZoneOverThePeriodAreRefusedWithWhatFits() {
    String bad =
        GOOD.replace("Asia/Seoul", "Asia/Kolkata")
            .replace("    stream:\n", "    partition: period\n    stream:\n");
    assertThat(complaintsAbout(bad))
        .singleElement()
        .asString()
        .startsWith("15: table ads.campaign_hourly: ")
        .contains("business date");
  }

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
  void twoLatePoliciesAreRefused() {
    assertThat(complaints("    stream:\n", "    late: drop\n    stream:\n"))
        .containsExactly("40: late is quarantine here but drop at the table");
  }

  @Test
  void aTableWithoutANamespaceIsRefused() {
    assertThat(complaints("ads.campaign_hourly", "campaign_hourly"))
        .containsExactly("15: cannot name a table 'campaign_hourly': expected <namespace>.<table>");
  }

  @Test
  void aPasswordInPlainTextIsRefusedAndNotShown() {
    assertThat(complaints("${env:ADS_PASSWORD}", "hunter22"))
        .containsExactly(
            "12: 'password' in source ads-db: a secret must be a reference such as ${env:NAME} or ${file:/run/secrets/x}");
  }

  @Test
  void aPasswordThatIsAReferenceInPartIsRefusedAndNotShown() {
    assertThat(complaints("${env:ADS_PASSWORD}", "hunter22${env:ADS_PASSWORD}"))
        .singleElement()
        .asString()
        .startsWith("12: 'password' in source ads-db: a secret must be a reference")
        .doesNotContain("hunter22");
  }

  @Test
  void aPasswordInPlainTextBesideAReferenceIsRefusedAndNotShown() {
    assertThat(
            complaints(
                "bootstrap: \"broker:9092\" }",
                """
                bootstrap: "broker:9092", properties: { sasl.jaas.config: 'login username="${env:USER}" password="hunter22";' } }
                """
                    .strip()))
        .singleElement()
        .asString()
        .startsWith("13: 'sasl.jaas.config' in properties of source events: a secret must be")
        .doesNotContain("hunter22");
  }

  @Test
  void aSecretKeyInPlainTextAmongIcebergsPropertiesIsRefused() {
    assertThat(complaints("  user: lake", "  s3.secret-access-key: hunter22"))
        .singleElement()
        .asString()
        .startsWith("5: 's3.secret-access-key' in catalog: a secret must be a reference")
        .doesNotContain("hunter22");
  }

  @Test
  void aSecretInPlainTextAmongKafkasPropertiesIsRefused() {
    assertThat(
            complaints(
                "bootstrap: \"broker:9092\" }",
                "bootstrap: \"broker:9092\", properties: { sasl.jaas.config: hunter22 } }"))
        .singleElement()
        .asString()
        .startsWith("13: 'sasl.jaas.config' in properties of source events: a secret must be");
  }

  @Test
  void credentialsInAUrlAreRefusedAndNotShown() {
    assertThat(complaints("replica:5432/ads", "replica:5432/ads?password=hunter22"))
        .containsExactly(
            "10: 'url' in source ads-db: the URL holds credentials; name them in keys of their own, by reference");
  }

  @Test
  void aUrlOfAnotherDatabaseIsRefused() {
    assertThat(complaints("jdbc:postgresql://replica", "jdbc:mariadb://replica"))
        .containsExactly(
            "10: 'url' in source ads-db: expected jdbc:postgresql://<host>:<port>/<database>");
  }

  @Test
  void aTextWhereASectionBelongsIsRefused() {
    assertThat(complaints("{ type: long, merge: sum }", "long"))
        .contains("26: measure clicks must be a mapping of keys to values");
  }

  @Test
  void whatIsNotYamlIsRefusedWithItsLineAndNotQuoted() {
    assertThat(complaints("  password: ${env:LAKE_PASSWORD}", "  password: \"hunter22"))
        .singleElement()
        .asString()
        .contains("this is not YAML")
        .doesNotContain("hunter22");
  }

  @Test
  void aSecretThatYamlTakesForAnAliasIsNotShown() {
    assertThat(complaints("password: ${env:LAKE_PASSWORD}", "password: *hunter22"))
        .containsExactly("6: this is not YAML: found undefined alias");
    assertThat(complaints("password: ${env:LAKE_PASSWORD}", "password: !hun!ter22"))
        .containsExactly("6: this is not YAML: found undefined tag handle");
  }

  @Test
  void aReferenceOfAnUnknownKindIsRefused() {
    assertThat(complaints("user: ads", "user: ${vault:ads}"))
        .containsExactly(
            "11: 'user' in source ads-db: unknown reference; expected ${env:NAME} or ${file:/run/secrets/x}");
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

  private List<String> complaints(String good, String bad) {
    assertThat(GOOD).contains(good);
    return complaintsAbout(GOOD.replace(good, bad));
  }

  /** The complaints without the file's name: {@code <line>: <text>}. */
  private List<String> complaintsAbout(String yaml) {
    String prefix = dir.resolve("lake.yaml") + ":";
    return message(yaml).lines().skip(1).map(line -> line.replace(prefix, "")).toList();
  }

  private String message(String yaml) {
    Path file = dir.resolve("lake.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return catchThrowableOfType(InvalidRequestException.class, () -> Manifest.load(file))
        .getMessage();
  }
}
