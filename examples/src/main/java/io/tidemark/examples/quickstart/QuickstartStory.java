package io.tidemark.examples.quickstart;

import io.tidemark.batch.job.SealCommand;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.Manifest;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The steps of the quickstart, on parts that are up. */
final class QuickstartStory {

  private final Workplace workplace;
  private final Playground playground;
  private final Narrator narrator;
  private final SparkProcess spark;
  private final StoryDays days = StoryDays.lastThree();
  private final Feed feed = Feed.of(days);
  private final Jobs jobs;
  private final LakeQuery query;

  QuickstartStory(
      Workplace workplace, Playground playground, Narrator narrator, SparkProcess spark) {
    this.workplace = workplace;
    this.playground = playground;
    this.narrator = narrator;
    this.spark = spark;
    this.jobs = new Jobs(workplace.manifest(), narrator);
    this.query = new LakeQuery(playground.storage().catalog());
  }

  /** Plays the story and returns what is wrong with its end, nothing where all is right. */
  List<String> play() throws Exception {
    StoryManifest.write(workplace.manifest(), playground, days);
    try (Connection connection = playground.connect();
        AdTopic topic = new AdTopic(playground.kafkaServers());
        TableWatch watch = new TableWatch(Manifest.load(workplace.manifest()))) {
      BillingDatabase billing = fillBilling(connection);
      try (BackgroundJob stream = stream(topic, watch)) {
        seal(topic);
        sendLate(topic, watch, stream);
        compact();
      }
      Verdict verdict =
          new Verdict(
              billing.settled(days.sealed()),
              topic.sent(),
              feed.late().size(),
              AdEvents.malformed().size());
      return readWithSpark(verdict, watch);
    }
  }

  private BillingDatabase fillBilling(Connection connection) throws Exception {
    BillingDatabase billing = BillingDatabase.create(connection, Playground.READER);
    billing.deliver(feed.billed(days));
    billing.refund(feed.refunds());
    return billing;
  }

  private BackgroundJob stream(AdTopic topic, TableWatch watch) throws Exception {
    narrator.step("Stream three days of events into the table");
    narrator.say(
        """
        %,d ad events of %s to %s are sent to Kafka, slightly out of order, and %d malformed
        ones among them. The stream writes what it has seen of each hour: provisional rows."""
            .formatted(
                feed.first().size(), days.first(), days.open(), AdEvents.malformed().size()));
    BackgroundJob stream = null;
    int half = feed.first().size() / 2;
    topic.send(feed.first().subList(0, half));
    AdEvents.malformed().forEach(topic::sendMalformed);
    topic.send(feed.first().subList(half, feed.first().size()));
    Map<LocalDate, Figures> sent = topic.sent().figures();
    for (LocalDate day : days.all()) {
      watch.awaitFigures(day, sent.get(day), stream::isRunning);
    }
    query.show(LakeQuery.BY_DAY, narrator);
    return stream;
  }

  private void seal(AdTopic topic) throws Exception {
    narrator.step("Seal two days from billing, while the stream runs");
    narrator.say(
        """
        Billing knows better: %d clicks were refunded, %d clicks are still underway to Kafka.
        A seal swaps the stream's rows of a day for billing's in one commit."""
            .formatted(feed.refunds().size(), feed.late().size()));
    int half = feed.evening().size() / 2;
    topic.send(feed.evening().subList(0, half));
    days.sealed()
        .forEach(day -> jobs.run(new SealCommand(), StoryManifest.TABLE, "--window", day + ""));
    topic.send(feed.evening().subList(half, feed.evening().size()));
  }

  private void sendLate(AdTopic topic, TableWatch watch, BackgroundJob stream) throws Exception {
    narrator.step("Late events meet sealed days");
    narrator.say(
        """
        The %d clicks arrive after all. Billing has counted them, so the stream must not: they
        go to %s, and the sealed days stay as they are."""
            .formatted(feed.late().size(), StoryManifest.LATE));
    topic.send(feed.late());
    watch.awaitLate(feed.late().size(), stream::isRunning);
    Figures open = topic.sent().figures().get(days.open());
    watch.awaitFigures(days.open(), open, stream::isRunning);
    narrator.say("Final and live rows, in one plain SELECT:\n");
    narrator.say(LakeQuery.BY_DAY);
    query.show(LakeQuery.BY_DAY, narrator);
  }

  private void compact() {
    narrator.step("Compact the sealed days");
    narrator.say("Maintenance rewrites sealed days only, and expires nothing a writer needs.");
  }

  private List<String> readWithSpark(Verdict verdict, TableWatch watch) throws Exception {
    narrator.step("Let Spark read every snapshot");
    narrator.say(
        """
        Spark knows nothing of Tidemark. At each snapshot of the history a day must hold exactly
        the events up to the offsets published with it, or exactly what billing settled.""");
    Map<String, String> catalog = playground.storage().catalog();
    SparkReading reading = spark.read(Secrets.resolve(catalog));
    List<String> complaints =
        verdict.complaints(reading, PublishedPositions.of(watch.table().table()));
    verdict.summary(reading, watch.table(), catalog).write(workplace.summary());
    tell(reading, verdict);
    return complaints;
  }

  private void tell(SparkReading reading, Verdict verdict) {
    List<List<String>> rows =
        verdict.expected().entrySet().stream()
            .map(
                entry ->
                    List.of(
                        entry.getKey().toString(),
                        days.sealed().contains(entry.getKey()) ? "billing" : "events",
                        String.valueOf(entry.getValue()),
                        String.valueOf(reading.totals().get(entry.getKey()))))
            .toList();
    narrator.table(List.of("day", "source", "expected", "read by Spark"), rows);
    narrator.say(
        "%d snapshots read; %d late rows, %d dead letters"
            .formatted(reading.snapshots().size(), reading.late(), reading.deadLetters()));
  }
}
