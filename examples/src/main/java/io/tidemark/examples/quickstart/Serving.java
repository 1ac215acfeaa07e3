package io.tidemark.examples.quickstart;

import java.util.concurrent.CountDownLatch;

/** Keeps the parts up for other engines. */
final class Serving {

  private final Playground playground;
  private final Narrator narrator;

  Serving(Playground playground, Narrator narrator) {
    this.playground = playground;
    this.narrator = narrator;
  }

  /**
   * Prints how to connect and waits for Ctrl-C, which ends the process with exit code 130; the
   * parts are down before it ends.
   */
  void untilInterrupted() throws InterruptedException {
    narrator.step("Serve, until Ctrl-C");
    narrator.say(
        "PostgreSQL  %s  (user %s, password in %s)\nKafka       %s  (topic %s)"
            .formatted(
                playground.databaseUrl(),
                Playground.READER,
                playground.readerPassword(),
                playground.kafkaServers(),
                AdTopic.NAME));
    new ConnectionSettings(playground.storage().catalog()).byEngine().forEach(narrator::paragraph);
    Runtime.getRuntime().addShutdownHook(new Thread(playground::close, "shut-down"));
    new CountDownLatch(1).await();
  }
}
