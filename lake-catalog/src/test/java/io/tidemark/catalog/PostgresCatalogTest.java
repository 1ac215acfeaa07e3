package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCatalogTest {

  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  @TempDir static Path dir;

  private static EmbeddedPostgresServer server;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgresServer.start(dir.resolve("postgres"));
    server.createDatabase("lake");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theRightPasswordOpensTheCatalog() throws IOException {
    try (Closeable opened = (Closeable) reference("lake", password("right")).open()) {
      Catalog catalog = (Catalog) opened;
      catalog.createTable(TableIdentifier.of("ads", "opened"), SCHEMA);
      assertThat(catalog.tableExists(TableIdentifier.of("ads", "opened"))).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsABadRequestAndNotShown() throws IOException {
    CatalogReference reference = reference("lake", password("hunter22"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot open catalog lake: %s refuses the credentials"
                .formatted(server.jdbcUrl("lake")))
        .hasNoCause();
  }

  @Test
  void aDatabaseThatIsNotThereIsABadRequest() throws IOException {
    CatalogReference reference = reference("nowhere", password("right"));
    assertThatThrownBy(reference::open)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("there is no such database");
  }

  @Test
  void aConnectionThatDiedWhileItWasIdleIsReplaced() throws IOException {
    try (Closeable opened = (Closeable) reference("lake", password("right")).open()) {
      // Given
      Catalog catalog = (Catalog) opened;
      catalog.createTable(TableIdentifier.of("ads", "before"), SCHEMA);
      server.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'lake'");
      // When
      catalog.createTable(TableIdentifier.of("ads", "after"), SCHEMA);
      // Then
      assertThat(catalog.tableExists(TableIdentifier.of("ads", "after"))).isTrue();
    }
  }

  @Test
  void aStatementWhoseAnswerIsLostIsNotRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    try (SingleAttemptPool pool = new SingleAttemptPool(server.jdbcUrl("lake"), login())) {
      assertThatThrownBy(
              () ->
                  pool.run(
                      connection -> {
                        runs.incrementAndGet();
                        throw new SQLTransientConnectionException("answer lost", "08006");
                      },
                      true))
          .isInstanceOf(SQLException.class)
          .hasMessage("answer lost");
    }
    assertThat(runs).hasValue(1);
  }

  private static Map<String, String> login() {
    return Map.of(
        "jdbc.user", EmbeddedPostgresServer.USER, "jdbc.password", EmbeddedPostgresServer.PASSWORD);
  }

  private static CatalogReference reference(String database, Path password) {
    Map<String, String> properties = new HashMap<>();
    properties.put("type", "jdbc");
    properties.put("uri", server.jdbcUrl(database));
    properties.put("warehouse", dir.resolve("warehouse").toString());
    properties.put("user", EmbeddedPostgresServer.USER);
    properties.put("password", "${file:%s}".formatted(password));
    return new CatalogReference("lake", properties);
  }

  private static Path password(String text) throws IOException {
    String password = text.equals("right") ? EmbeddedPostgresServer.PASSWORD : text;
    return Files.writeString(dir.resolve("password-" + text), password);
  }
}
