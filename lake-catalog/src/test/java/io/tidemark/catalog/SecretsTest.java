package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @TempDir private Path directory;

  @Test
  void secretIsItsReferenceAgain() throws IOException {
    // Given
    String password = reference("password", "hunter-4711");
    Secrets.resolve(Map.of("password", password));

    // When
    String shown = Secrets.redact("refused: hunter-4711");

    // Then
    assertThat(shown).isEqualTo("refused: " + password);
  }

  @Test
  void secretsThatBeginWithOthersAreHiddenWhole() throws IOException {
    for (int i = 0; i < 20; i++) {
      String start = "start-" + i;
      Secrets.resolve(reference("start" + i, start));
      String whole = reference("whole" + i, start + "-of-hunter");
      Secrets.resolve(whole);

      assertThat(Secrets.redact("refused: %s-of-hunter".formatted(start)))
          .isEqualTo("refused: " + whole);
    }
  }

  @Test
  void valuesThatAreNoSecretsStayReadable() throws IOException {
    // Given
    String user = reference("user", "ads-reader");
    Map<String, String> catalog =
        Map.of(
            "user",
            user,
            "uri",
            reference("uri", "jdbc:postgresql://db-4711/lake"),
            "s3.endpoint",
            reference("endpoint", "http://store-4711:9000"),
            "warehouse",
            "s3://" + reference("bucket", "lake-4711"));

    // When
    Map<String, String> resolved = Secrets.resolve(catalog);
    String plain = Secrets.resolvePlain(user);

    // Then
    assertThat(resolved).containsEntry("warehouse", "s3://lake-4711");
    assertThat(plain).isEqualTo("ads-reader");
    String message = "ads-reader of db-4711 at http://store-4711:9000 in " + resolved.get("uri");
    assertThat(Secrets.redact(message)).isEqualTo(message);
  }

  @Test
  void credentialsInAUrlAreHidden() throws IOException {
    // Given
    String password = reference("in-url", "hunter-4712");
    String whole = reference("whole", "jdbc:postgresql://db/ads?password=hunter-4713");

    // When
    String parts = Secrets.resolvePlain("jdbc:postgresql://ads:" + password + "@db/ads");
    String url = Secrets.resolve(Map.of("uri", whole)).get("uri");

    // Then
    assertThat(Secrets.redact(parts)).doesNotContain("hunter").contains(password);
    assertThat(Secrets.redact("no answer of " + url)).isEqualTo("no answer of " + whole);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:oracle:thin:scott/tiger@//erp:1521/erp, true",
    "jdbc:oracle:thin:scott@erp:1521:erp, true",
    "jdbc:oracle:thin:@//erp:1521/erp, false",
    "jdbc:oracle:thin:/@erp, false",
    "jdbc:oracle:oci:@(description=(address=(host=erp))), false",
    "jdbc:postgresql://db/ads?sslpassword=hunter, true",
    "jdbc:postgresql://db/ads?sslpassword=${env:KEY}, false",
    "jdbc:databricks://h:443;AuthMech=3;UID=token;PWD=dapi, true",
    "jdbc:databricks://h:443;AuthMech=3;UID=token;PWD=${env:KEY}, false",
    "jdbc:snowflake://h/?private_key_pwd=dapi, true",
    "jdbc:bigquery://h:443;apiKey=dapi, true",
    "'jdbc:teradata://h/DATABASE=d,LOGDATA=x,PASSWORD=p', true",
    "jdbc:db2://h:50000/db:user=u;password=p;, true",
    "jdbc:sqlserver://h;trustServerCertificate=true;passwordless=no, false"
  })
  void credentialsInAUrlAreSeen(String url, boolean holds) {
    assertThat(Secrets.holdsCredentials(url)).isEqualTo(holds);
  }

  private String reference(String name, String value) throws IOException {
    return "${file:%s}".formatted(Files.writeString(directory.resolve(name), value + "\n"));
  }
}
