package io.tidemark.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The databases that a JDBC catalog may live in, each with limits to its waits. */
enum CatalogDatabase {
  POSTGRESQL(
      "jdbc:postgresql:",
      "org.postgresql.Driver",
      Map.of("jdbc.connectTimeout", "10", "jdbc.socketTimeout", "60")),
  SQLITE("jdbc:sqlite:", "org.sqlite.JDBC", Map.of("jdbc.busy_timeout", "30000"));

  private final String prefix;
  private final String driver;
  private final Map<String, String> defaults;

  CatalogDatabase(String prefix, String driver, Map<String, String> defaults) {
    this.prefix = prefix;
    this.driver = driver;
    this.defaults = defaults;
  }

  static Optional<CatalogDatabase> of(String uri) {
    return Stream.of(values()).filter(database -> uri.startsWith(database.prefix)).findFirst();
  }

  /** Returns catalog properties: a database that does not answer is a failure, not a hang. */
  Map<String, String> defaults() {
    return defaults;
  }

  /** Registers the driver, which nobody does for the class path of a job jar. */
  void loadDriver() {
    try {
      Class.forName(driver);
    } catch (ClassNotFoundException e) {
      throw new InvalidRequestException(
          "Cannot connect to %s...: driver %s is not on the class path".formatted(prefix, driver),
          e);
    }
  }
}
