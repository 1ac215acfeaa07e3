package io.tidemark.examples.quickstart;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.EmbeddedS3;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The catalog and the warehouse, with the servers they need. */
final class LakeStorage implements AutoCloseable {

  private static final String BUCKET = "lake";

  private final Deque<AutoCloseable> servers;
  private final Map<String, String> catalog;

  private LakeStorage(Deque<AutoCloseable> servers, Map<String, String> catalog) {
    this.servers = servers;
    this.catalog = catalog;
  }

  static LakeStorage start(Workplace workplace, Storage storage, EmbeddedPostgresServer postgres)
      throws IOException {
    return switch (storage) {
      case S3 -> s3(workplace, postgres);
      case LOCAL -> local(workplace);
    };
  }

  /** Returns the catalog's properties as a manifest has them, secrets by reference. */
  Map<String, String> catalog() {
    return catalog;
  }

  @Override
  public void close() {
    for (AutoCloseable server : servers) {
      try {
        server.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot stop " + server, e);
      }
    }
  }

  private static LakeStorage local(Workplace workplace) {
    Map<String, String> catalog = new TreeMap<>();
    catalog.put("type", "jdbc");
    catalog.put("uri", "jdbc:sqlite:" + workplace.dir().resolve("catalog.db"));
    catalog.put("warehouse", "file:" + workplace.dir().resolve("warehouse"));
    return new LakeStorage(new ArrayDeque<>(), catalog);
  }

  private static LakeStorage s3(Workplace workplace, EmbeddedPostgresServer postgres)
      throws IOException {
    Deque<AutoCloseable> servers = new ArrayDeque<>();
    EmbeddedS3 s3 = EmbeddedS3.start(workplace.s3());
    servers.push(s3);
    s3.createBucket(BUCKET);
    postgres.createDatabase("catalog");
    EmbeddedRestCatalog rest = EmbeddedRestCatalog.start(backing(s3, postgres));
    servers.push(rest);
    Map<String, String> catalog = new TreeMap<>(s3.fileIoProperties());
    catalog.put("type", "rest");
    catalog.put("uri", rest.uri().toString());
    catalog.put("warehouse", warehouse());
    catalog.put("s3.access-key-id", workplace.keepSecret("s3-access-key", s3.accessKey()));
    catalog.put("s3.secret-access-key", workplace.keepSecret("s3-secret-key", s3.secretKey()));
    return new LakeStorage(servers, catalog);
  }

  private static Map<String, String> backing(EmbeddedS3 s3, EmbeddedPostgresServer postgres) {
    Map<String, String> backing = new HashMap<>(s3.fileIoProperties());
    backing.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    backing.put("uri", postgres.jdbcUrl("catalog"));
    backing.put("jdbc.user", EmbeddedPostgresServer.USER);
    backing.put("jdbc.password", EmbeddedPostgresServer.PASSWORD);
    backing.put("jdbc.schema-version", "V1");
    backing.put("warehouse", warehouse());
    return backing;
  }

  private static String warehouse() {
    return "s3://" + BUCKET + "/warehouse";
  }
}
