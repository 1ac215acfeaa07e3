package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.EmbeddedKafka;
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
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Everything that streams and seals need, on this machine, started once for all tests. */
final class Servers implements AutoCloseable {

  private final Path directory;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedS3 s3;
  private final EmbeddedRestCatalog rest;
  private final FlakyHttpProxy restProxy;
  private final FlakyPostgresProxy postgresProxy;
  private final EmbeddedKafka kafka;

  Servers() {
    try {
      directory = Files.createTempDirectory("kill");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"));
    postgres.createDatabase("jdbc");
    postgres.createDatabase("rest");
    postgres.createDatabase("billing");
    s3 = EmbeddedS3.start(directory.resolve("s3"));
    s3.createBucket("lake");
    rest = EmbeddedRestCatalog.start(behindRest());
    restProxy = FlakyHttpProxy.start(rest.uri());
    postgresProxy = FlakyPostgresProxy.start(postgres.port());
    kafka = EmbeddedKafka.startSecured(directory.resolve("kafka"));
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

  /** Returns the folder that holds the objects of the bucket. */
  Path bucket() {
    return directory.resolve("s3/lake");
  }

  EmbeddedPostgresServer postgres() {
    return postgres;
  }

  EmbeddedS3 s3() {
    return s3;
  }

  EmbeddedRestCatalog rest() {
    return rest;
  }

  FlakyHttpProxy restProxy() {
    return restProxy;
  }

  FlakyPostgresProxy postgresProxy() {
    return postgresProxy;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  @Override
  public void close() {
    kafka.close();
    postgresProxy.close();
    restProxy.close();
    rest.close();
    s3.close();
    postgres.close();
    FileUtil.fullyDelete(directory.toFile());
  }

  /** Gives the servers to tests that ask for them, and stops them after the last. */
  static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Servers resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Shared.class))
          .computeIfAbsent(Servers.class);
    }
  }
}
