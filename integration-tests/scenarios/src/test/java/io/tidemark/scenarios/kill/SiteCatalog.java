package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.Fault;
import io.tidemark.scenarios.CatalogServers;
import java.util.HashMap;
import java.util.Map;

/** A catalog as jobs reach it, through a proxy, and as the test does, past it. */
enum SiteCatalog {
  REST(Canary.CATALOG_TOKEN) {
    @Override
    Map<String, String> ofJobs(CatalogServers servers) {
      return Map.of(
          "type", "rest",
          "uri", servers.restProxy().uri().toString(),
          "token", Canary.CATALOG_TOKEN.reference());
    }

    @Override
    Map<String, String> ofTests(CatalogServers servers) {
      Map<String, String> properties = new HashMap<>(servers.s3().fileIoProperties());
      properties.put("type", "rest");
      properties.put("uri", servers.rest().uri().toString());
      return properties;
    }

    @Override
    void onCommit(CatalogServers servers, String namespace, Fault fault) {
      servers
          .restProxy()
          .fail(fault, request -> request.isPost("/" + namespace + "/tables/clicks"));
    }
  },

  JDBC(Canary.DATABASE_PASSWORD) {
    @Override
    Map<String, String> ofJobs(CatalogServers servers) {
      return Map.of(
          "type",
          "jdbc",
          "uri",
          servers.postgresProxy().jdbcUrl("jdbc"),
          "user",
          EmbeddedPostgresServer.USER,
          "password",
          Canary.DATABASE_PASSWORD.reference(),
          "warehouse",
          "s3://lake/jdbc",
          "jdbc.prepareThreshold",
          "0");
    }

    @Override
    Map<String, String> ofTests(CatalogServers servers) {
      Map<String, String> properties = new HashMap<>(servers.s3().fileIoProperties());
      properties.put("type", "jdbc");
      properties.put("uri", servers.postgres().jdbcUrl("jdbc"));
      properties.put("user", EmbeddedPostgresServer.USER);
      properties.put("password", EmbeddedPostgresServer.PASSWORD);
      properties.put("warehouse", "s3://lake/jdbc");
      return properties;
    }

    @Override
    void onCommit(CatalogServers servers, String namespace, Fault fault) {
      servers
          .postgresProxy()
          .fail(
              fault,
              statement ->
                  statement.contains("UPDATE iceberg_tables SET")
                      && statement.contains("/" + namespace + "/clicks/"));
    }
  };

  private final Canary secret;

  SiteCatalog(Canary secret) {
    this.secret = secret;
  }

  /** Returns the secret by which the catalog is opened. */
  Canary secret() {
    return secret;
  }

  /** Returns the manifest's properties, with secrets by reference. */
  abstract Map<String, String> ofJobs(CatalogServers servers);

  /** Returns properties for the test itself. */
  abstract Map<String, String> ofTests(CatalogServers servers);

  /** Strikes the next commit to the table {@code clicks} of a namespace. */
  abstract void onCommit(CatalogServers servers, String namespace, Fault fault);
}
