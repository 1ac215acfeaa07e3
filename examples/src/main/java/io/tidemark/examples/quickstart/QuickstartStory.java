package io.tidemark.examples.quickstart;

import io.tidemark.batch.job.SealCommand;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.job.StatusCommand;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.maintenance.job.MaintainCommand;
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
    Manifest manifest = Manifest.load(workplace.manifest());
    try (Connection connection = playground.connect();
        AdTopic topic = new AdTopic(playground.kafkaServers());
        TableWatch watch = new TableWatch(manifest)) {
      BillingDatabase billing = BillingDatabase.create(connection, Playground.READER);
      billing.deliver(feed.billed(days));
      billing.refund(feed.refunds());
      try (BackgroundStream stream = BackgroundStream.start(workplace, manifest)) {
        stream(topic, watch, stream);
        seal(topic, watch, stream);
        sendLate(topic, watch, stream);
        maintain();
      }
      return readWithSpark(verdict(billing, topic), watch);
    }
  }

  private void stream(AdTopic topic, TableWatch watch, BackgroundStream stream) throws Exception {
    narrator.step("Stream three days of events into the table");
    narrator.say(
        """
        %,d ad events of %s to %s go to Kafka, slightly out of order, and %d malformed ones
        among them. The stream publishes what it has seen of every hour: provisional rows."""
            .formatted(
                feed.first().size(), days.first(), days.open(), AdEvents.malformed().size()));
    narrator.command("./lake stream " + StoryManifest.TABLE + " &");
    int half = feed.first().size() / 2;
    topic.send(feed.first().subList(0, half));
    AdEvents.malformed().forEach(topic::sendMalformed);
    topic.send(feed.first().subList(half, feed.first().size()));
    Map<LocalDate, Figures> sent = topic.sent().figures();
    for (LocalDate day : days.all()) {
      watch.awaitFigures(day, sent.get(day), stream::isRunning);
    }
    query.show(LakeQuery.BY_DAY, narrator);
  }

  private void seal(AdTopic topic, TableWatch watch, BackgroundStream stream) {
    narrator.step("Seal two days from billing, while the stream runs");
    narrator.say(
        """
        Billing knows better: %d clicks were refunded, and %d are still on their way to Kafka.
        A seal swaps the stream's rows of a day for billing's in one commit, and tells the drift."""
            .formatted(feed.refunds().size(), feed.late().size()));
    int half = feed.evening().size() / 2;
    topic.send(feed.evening().subList(0, half));
    days.sealed()
        .forEach(
            day -> jobs.run(new SealCommand(), StoryManifest.TABLE, "--window", day.toString()));
    topic.send(feed.evening().subList(half, feed.evening().size()));
    awaitOpenDay(topic, watch, stream);
  }

  /** A stream looks at the closed windows with every publish: this one came after the seals. */
  private void awaitOpenDay(AdTopic topic, TableWatch watch, BackgroundStream stream) {
    watch.awaitFigures(days.open(), topic.sent().figures().get(days.open()), stream::isRunning);
  }

  private void sendLate(AdTopic topic, TableWatch watch, BackgroundStream stream) throws Exception {
    narrator.step("Send late events into the sealed days");
    narrator.say(
        """
        The %d clicks arrive after all. Billing has counted them, so the stream must not: they
        go to %s, and the sealed days stay as they are."""
            .formatted(feed.late().size(), StoryManifest.LATE));
    topic.send(feed.late());
    watch.awaitLate(feed.late().size(), stream::isRunning);
    narrator.say("Final and live rows, in one plain SELECT:\n\n" + LakeQuery.BY_DAY);
    query.show(LakeQuery.BY_DAY, narrator);
    jobs.run(new StatusCommand(), StoryManifest.TABLE);
  }

  private void maintain() {
    narrator.step("Compact the sealed days");
    narrator.say("The same rows in fewer files; open days and what a writer needs are left alone.");
    jobs.run(new MaintainCommand(), StoryManifest.TABLE);
  }

  private Verdict verdict(BillingDatabase billing, AdTopic topic) throws Exception {
    return new Verdict(
        billing.settled(days.sealed()),
        topic.sent(),
        feed.late().size(),
        AdEvents.malformed().size());
  }

  private List<String> readWithSpark(Verdict verdict, TableWatch watch) throws Exception {
    narrator.step("Let Spark read every snapshot");
    narrator.say(
        """
        Spark knows nothing of Tidemark. At each snapshot a day must hold exactly the events up
        to the Kafka offsets it was published with, or exactly what billing settled.""");
    Map<String, String> catalog = playground.storage().catalog();
    SparkReading reading = spark.read(Secrets.resolve(catalog));
    List<String> complaints =
        verdict.complaints(reading, PublishedPositions.of(watch.table().table()));
    verdict.summary(reading, watch.table(), catalog).write(workplace.summary());
    verdict.tell(reading, narrator);
    return complaints;
  }
}
