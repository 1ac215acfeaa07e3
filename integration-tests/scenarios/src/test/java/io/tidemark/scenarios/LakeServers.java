package io.tidemark.scenarios;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Both lakes, and the servers behind them, started once for all tests. */
final class LakeServers implements AutoCloseable {

  private final CatalogServers servers = new CatalogServers();
  private final OpenCatalog jdbc = OpenCatalog.of(jdbc());
  private final OpenCatalog rest = OpenCatalog.of(rest());

  List<Lake> lakes() {
    return List.of(
        new JdbcLake(jdbc.catalog(), servers.postgresProxy()),
        new RestLake(rest.catalog(), servers.restProxy()));
  }

  private CatalogReference jdbc() {
    Map<String, String> properties = new HashMap<>(servers.s3().fileIoProperties());
    properties.put("type", "jdbc");
    properties.put("uri", servers.postgresProxy().jdbcUrl("jdbc"));
    properties.put("jdbc.prepareThreshold", "0");
    properties.put("user", EmbeddedPostgresServer.USER);
    properties.put("password", EmbeddedPostgresServer.PASSWORD);
    properties.put("warehouse", "s3://lake/jdbc");
    return new CatalogReference("jdbc", properties);
  }

  private CatalogReference rest() {
    Map<String, String> properties = new HashMap<>(servers.s3().fileIoProperties());
    properties.put("type", "rest");
    properties.put("uri", servers.restProxy().uri().toString());
    return new CatalogReference("rest", properties);
  }

  @Override
  public void close() {
    jdbc.close();
    rest.close();
    servers.close();
  }
}
