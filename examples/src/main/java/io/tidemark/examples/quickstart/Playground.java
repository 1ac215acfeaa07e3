package io.tidemark.examples.quickstart;

import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** The real parts, embedded: PostgreSQL, Kafka, and what the table is stored in. */
final class Playground implements AutoCloseable {

  static final String DATABASE = "ads";
  static final String READER = "ads_reader";

  private final Workplace workplace;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedKafka kafka;
  private final LakeStorage storage;
  private final String readerPassword;

  private Playground(
      Workplace workplace,
      EmbeddedPostgresServer postgres,
      EmbeddedKafka kafka,
      LakeStorage storage,
      String readerPassword) {
    this.workplace = workplace;
    this.postgres = postgres;
    this.kafka = kafka;
    this.storage = storage;
    this.readerPassword = readerPassword;
  }

  /** Starts all parts, quietly: Kafka tells standard output about itself. */
  static Playground start(Workplace workplace, Storage storage) throws IOException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return startAll(workplace, storage);
    } finally {
      System.setOut(out);
    }
  }

  private static Playground startAll(Workplace workplace, Storage storage) throws IOException {
    Path parts = workplace.parts();
    CompletableFuture<EmbeddedKafka> kafka =
        CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(parts.resolve("kafka")));
    EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(parts.resolve("postgres"));
    String secret = new BigInteger(128, new SecureRandom()).toString(36);
    postgres.createDatabase(DATABASE);
    postgres.createRole(READER, secret);
    LakeStorage lake = LakeStorage.start(workplace, storage, postgres);
    kafka.join().createTopic(AdTopic.NAME, AdTopic.PARTITIONS);
    String password = workplace.keepSecret("ads-password", secret);
    return new Playground(workplace, postgres, kafka.join(), lake, password);
  }

  LakeStorage storage() {
    return storage;
  }

  String kafkaServers() {
    return kafka.bootstrapServers();
  }

  String databaseUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  /** Returns a reference to the password of {@link #READER}. */
  String readerPassword() {
    return readerPassword;
  }

  /** Connects to the billing database as its owner; the caller closes the connection. */
  Connection connect() throws SQLException {
    return postgres.connect(DATABASE);
  }

  /** Stops every part, whichever fails to, and keeps what a user comes back for. */
  @Override
  public void close() {
    try (postgres;
        kafka;
        storage) {
      // in reverse order
    } finally {
      workplace.clear();
    }
  }
}
