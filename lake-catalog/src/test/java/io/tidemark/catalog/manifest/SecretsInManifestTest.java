package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Secrets stand in a manifest by reference only, and no complaint shows one. */
class SecretsInManifestTest extends BadManifest {

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
  void aSecretOfADriverInAUrlIsRefusedAndNotShown() {
    assertThat(complaints("replica:5432/ads", "replica:5432/ads?ssl=true&sslpassword=hunter22"))
        .containsExactly(
            "10: 'url' in source ads-db: the URL holds credentials; name them in keys of their own, by reference");
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
}
