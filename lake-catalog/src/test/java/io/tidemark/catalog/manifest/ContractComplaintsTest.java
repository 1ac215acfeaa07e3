package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a manifest may not ask of the rows and windows of a table. */
class ContractComplaintsTest extends BadManifest {

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
  void twoLatePoliciesAreRefused() {
    assertThat(complaints("    stream:\n", "    late: drop\n    stream:\n"))
        .containsExactly("40: late is quarantine here but drop at the table");
  }
}
