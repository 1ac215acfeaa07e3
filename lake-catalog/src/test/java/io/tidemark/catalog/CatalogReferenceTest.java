package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReferenceTest {

  private static final TableIdentifier TABLE = TableIdentifier.of("ads", "clicks");

  @TempDir Path dir;

  @Test
  void aTableOfAnSqliteCatalogIsThereWhenItIsOpenedAgain() throws IOException {
    // Given
    CatalogReference reference = sqlite(Map.of());
    try (Closeable first = (Closeable) reference.open()) {
      ((SupportsNamespaces) first).createNamespace(Namespace.of("ads"));
      ((Catalog) first).createTable(TABLE, schema());
    }
    // When
    try (Closeable second = (Closeable) reference.open()) {
      Table table = ((Catalog) second).loadTable(TABLE);
      // Then
      assertThat(table.schema().asStruct()).isEqualTo(schema().asStruct());
    }
  }

  @Test
  void secretsAreReadWhenTheCatalogIsOpened() throws IOException {
    // Given
    Path secret = dir.resolve("warehouse-location");
    CatalogReference reference = sqlite(Map.of("warehouse", "${file:%s}".formatted(secret)));
    Files.writeString(secret, dir.resolve("elsewhere") + "\n");
    // When
    try (Closeable catalog = (Closeable) reference.open()) {
      Table table = ((Catalog) catalog).createTable(TABLE, schema());
      // Then
      assertThat(table.location()).startsWith(dir.resolve("elsewhere").toString());
    }
  }

  @Test
  void anUnsupportedTypeIsRefused() {
    CatalogReference reference = sqlite(Map.of("type", "glue"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot open catalog lake: type 'glue' is not supported; expected jdbc or rest");
  }

  @Test
  void aMissingWarehouseIsRefused() {
    CatalogReference reference = sqlite(Map.of("warehouse", ""));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Cannot open catalog lake: property 'warehouse' is missing");
  }

  @Test
  void aRelativeWarehouseIsRefused() {
    CatalogReference reference = sqlite(Map.of("warehouse", "warehouse"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("warehouse must be an absolute path or a URI: warehouse");
  }

  @Test
  void aDatabaseThatIsNotSupportedIsRefused() {
    CatalogReference reference = sqlite(Map.of("uri", "jdbc:mariadb://db/lake"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("uri must be jdbc:postgresql://... or jdbc:sqlite:/...");
  }

  @Test
  void aTableThatIsNotThereIsABadRequest() throws IOException {
    CatalogReference reference = sqlite(Map.of());
    try (Closeable opened = (Closeable) reference.open()) {
      assertThatThrownBy(() -> new TableLoader(reference, "ads.clicks").load((Catalog) opened))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("Cannot load table ads.clicks from catalog lake: ");
    }
  }

  @Test
  void credentialsInTheUriAreRefusedAndNotShown() {
    CatalogReference reference =
        sqlite(Map.of("uri", "jdbc:postgresql://db/lake?user=me&password=hunter22"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("uri holds credentials")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void whatADriverCallsSecretInTheUriIsRefusedUnlessItIsAReference() throws IOException {
    String uri = "jdbc:postgresql://localhost:1/lake?sslpassword=";
    Path key = Files.writeString(dir.resolve("key"), "hunter22");

    assertThatThrownBy(sqlite(Map.of("uri", uri + "hunter22"))::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("uri holds credentials")
        .hasMessageNotContaining("hunter22");
    assertThatThrownBy(sqlite(Map.of("uri", "%s${file:%s}".formatted(uri, key)))::open)
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void anUnreachableDatabaseIsUnavailable() {
    CatalogReference reference = sqlite(Map.of("uri", "jdbc:postgresql://localhost:1/lake"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "Cannot open catalog lake: jdbc:postgresql://localhost:1/lake cannot be reached");
  }

  @Test
  void anUnreachableRestServerIsUnavailable() {
    CatalogReference reference =
        new CatalogReference("lake", Map.of("type", "rest", "uri", "http://localhost:1"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("Cannot open catalog lake: http://localhost:1 cannot be reached");
  }

  @Test
  void aTokenThatARestServerRefusesIsABadRequest() throws IOException {
    // Given
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext("/", CatalogReferenceTest::refuse);
    server.start();
    String uri = "http://localhost:" + server.getAddress().getPort();
    CatalogReference reference =
        new CatalogReference("lake", Map.of("type", "rest", "uri", uri, "token", "hunter22"));
    // When, Then
    try {
      assertThatThrownBy(reference::open)
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("Cannot open catalog lake: %s refuses the credentials".formatted(uri));
    } finally {
      server.stop(0);
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(401, -1);
    exchange.close();
  }

  @Test
  void itsTextShowsNoValue() {
    assertThat(sqlite(Map.of("s3.secret-access-key", "hunter22")).toString())
        .contains("s3.secret-access-key")
        .doesNotContain("hunter22");
  }

  private CatalogReference sqlite(Map<String, String> overrides) {
    Map<String, String> properties = new HashMap<>();
    properties.put("type", "jdbc");
    properties.put("uri", "jdbc:sqlite:" + dir.resolve("catalog.db"));
    properties.put("warehouse", dir.resolve("warehouse").toString());
    properties.putAll(overrides);
    return new CatalogReference("lake", properties);
  }

  private static Schema schema() {
    return new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  }
}
