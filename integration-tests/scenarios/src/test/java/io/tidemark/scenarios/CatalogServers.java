package io.tidemark.scenarios;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.EmbeddedS3;
import io.tidemark.fixtures.FlakyHttpProxy;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;

/** A JDBC and a REST catalog over one S3, each with a proxy before it that can be made to fail. */
public final class CatalogServers implements AutoCloseable {

  private final Path directory;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedS3 s3;
  private final EmbeddedRestCatalog rest;
  private final FlakyHttpProxy restProxy;
  private final FlakyPostgresProxy postgresProxy;

  public CatalogServers() {
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
    restProxy = FlakyHttpProxy.start(rest.uri());
    postgresProxy = FlakyPostgresProxy.start(postgres.port());
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

  /** Returns a folder for further servers, which goes with these. */
  public Path directory() {
    return directory;
  }

  /** Returns the folder that holds the objects of the bucket. */
  public Path bucket() {
    return directory.resolve("s3/lake");
  }

  /** Returns the server whose database {@code jdbc} is the JDBC catalog. */
  public EmbeddedPostgresServer postgres() {
    return postgres;
  }

  /** Returns the S3 with the bucket {@code lake}. */
  public EmbeddedS3 s3() {
    return s3;
  }

  /** Returns the REST catalog, past its proxy. */
  public EmbeddedRestCatalog rest() {
    return rest;
  }

  /** Returns the proxy before the REST catalog. */
  public FlakyHttpProxy restProxy() {
    return restProxy;
  }

  /** Returns the proxy before PostgreSQL. */
  public FlakyPostgresProxy postgresProxy() {
    return postgresProxy;
  }

  @Override
  public void close() {
    postgresProxy.close();
    restProxy.close();
    rest.close();
    s3.close();
    postgres.close();
    FileUtil.fullyDelete(directory.toFile());
  }
}
