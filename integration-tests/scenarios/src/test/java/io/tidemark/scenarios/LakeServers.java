package io.tidemark.scenarios;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.EmbeddedS3;
import io.tidemark.fixtures.FlakyHttpProxy;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.catalog.Catalog;

/** The servers behind both lakes, started once for all tests. */
final class LakeServers implements AutoCloseable {

  private final Path directory;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedS3 s3;
  private final EmbeddedRestCatalog rest;
  private final JdbcLake jdbcLake;
  private final RestLake restLake;

  LakeServers() {
    try {
      directory = Files.createTempDirectory("lakes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"));
    postgres.createDatabase("jdbc");
    postgres.createDatabase("rest");
    s3 = EmbeddedS3.start(directory.resolve("s3"));
    s3.createBucket("lake");
    rest = EmbeddedRestCatalog.start(behindRest());
    jdbcLake = jdbcLake(FlakyPostgresProxy.start(postgres.port()));
    restLake = restLake(FlakyHttpProxy.start(rest.uri()));
  }

  List<Lake> lakes() {
    return List.of(jdbcLake, restLake);
  }

  private JdbcLake jdbcLake(FlakyPostgresProxy proxy) {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("type", "jdbc");
    properties.put("uri", proxy.jdbcUrl("jdbc"));
    properties.put("jdbc.prepareThreshold", "0");
    properties.put("user", EmbeddedPostgresServer.USER);
    properties.put("password", EmbeddedPostgresServer.PASSWORD);
    properties.put("warehouse", "s3://lake/jdbc");
    return new JdbcLake(new CatalogReference("jdbc", properties).open(), proxy);
  }

  private RestLake restLake(FlakyHttpProxy proxy) {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("type", "rest");
    properties.put("uri", proxy.uri().toString());
    return new RestLake(new CatalogReference("rest", properties).open(), proxy);
  }

  private Map<String, String> behindRest() {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    properties.put("uri", postgres.jdbcUrl("rest"));
    properties.put("jdbc.user", EmbeddedPostgresServer.USER);
    properties.put("jdbc.password", EmbeddedPostgresServer.PASSWORD);
    properties.put("jdbc.schema-version", "V1");
    properties.put("warehouse", "s3://lake/rest");
    return properties;
  }

  @Override
  public void close() throws IOException {
    close(jdbcLake.catalog());
    close(restLake.catalog());
    jdbcLake.proxy().close();
    restLake.proxy().close();
    rest.close();
    s3.close();
    postgres.close();
    FileUtil.fullyDelete(directory.toFile());
  }

  private static void close(Catalog catalog) throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
