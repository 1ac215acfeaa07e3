package io.tidemark.stream.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.stream.SourcePosition;
import io.tidemark.stream.StreamWrite;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * The stream of a manifest's table as a Flink job.
 *
 * <p>Defaults: the stream goes on from Flink's state and never ends.
 */
public final class StreamJob {

  private final TableLoader loader;
  private final TableEntry entry;
  private final TableEntry.Stream stream;
  private Restart restart = Restart.WITH_STATE;
  private boolean restored;
  private boolean stopAtLatest;

  private StreamJob(TableLoader loader, TableEntry entry, TableEntry.Stream stream) {
    this.loader = loader;
    this.entry = entry;
    this.stream = stream;
  }

  /**
   * Starts the job of a table.
   *
   * @throws InvalidRequestException if the manifest gives the table no stream
   */
  public static StreamJob of(TableLoader loader, TableEntry entry) {
    TableEntry.Stream stream = entry.stream();
    if (stream == null) {
      throw new InvalidRequestException(
          "Cannot stream into %s: the manifest gives it no stream".formatted(entry.name()));
    }
    return new StreamJob(loader, entry, stream);
  }

  /** Says how a stream goes on that has published before. */
  public StreamJob restart(Restart how) {
    this.restart = how;
    return this;
  }

  /** Says that the job is started from a checkpoint or savepoint. */
  public StreamJob restored() {
    this.restored = true;
    return this;
  }

  /** Ends the job at the events that are there when it starts. */
  public StreamJob stopAtLatest() {
    this.stopAtLatest = true;
    return this;
  }

  /**
   * Checks everything that can be checked before it runs, creates or verifies the table, takes the
   * stream over where that was asked for, and adds the job to an environment.
   *
   * @throws InvalidRequestException if the select, the topic or the table does not fit
   * @throws io.tidemark.catalog.commit.RefusedException if the stream cannot go on as asked
   * @throws io.tidemark.catalog.UnavailableException if Kafka or the catalog cannot be reached
   */
  public void addTo(StreamExecutionEnvironment environment) {
    EventType type = EventType.of(stream);
    Projection projection = Projection.plan(entry, entry.contract(), stream, type);
    KafkaTopic topic = KafkaTopic.of(stream);
    Begin begin = begin(topic);
    if (!begin.contract().sourceColumns().equals(entry.contract().sourceColumns())) {
      projection = Projection.plan(entry, begin.contract(), stream, type);
    }
    SingleOutputStreamOperator<RowData> events =
        environment
            .fromSource(
                new KafkaEvents(stream, type, begin.takeOver().offsets(), stopAtLatest),
                EventTime.strategy(stream.outOfOrder(), type, entry.contract()),
                "events: " + stream.topic())
            .uid(uid("source"))
            .setParallelism(
                Math.min(environment.getParallelism(), Math.max(1, topic.earliest().size())));
    append(events, type, projection, begin.takeOver());
  }

  /**
   * Where the job begins.
   *
   * @param contract the table's, which has the measures in the order in which they came to it
   */
  private record Begin(TakeOver takeOver, TableContract contract) {}

  private Begin begin(KafkaTopic topic) {
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      UnifiedTable table =
          UnifiedTable.createOrVerify(open.catalog(), loader.identifier(), entry.contract());
      TakeOver takeOver = restored ? TakeOver.NONE : TakeOver.of(table, stream, topic, restart);
      return new Begin(takeOver, table.contract());
    }
  }

  private void append(
      SingleOutputStreamOperator<RowData> events,
      EventType type,
      Projection projection,
      TakeOver begin) {
    int required = 1 + entry.contract().keys().size();
    SingleOutputStreamOperator<RowData> contributions =
        events
            .transform(
                "select",
                InternalTypeInfo.of(projection.result()),
                new ProjectOperatorFactory(type, projection, required))
            .uid(uid("select"))
            .setParallelism(events.getParallelism());
    SingleOutputStreamOperator<SourcePosition> positions =
        events
            .map(type::position, TypeInformation.of(SourcePosition.class))
            .uid(uid("offsets"))
            .setParallelism(events.getParallelism());
    StreamWrite write =
        StreamWrite.forContributions(contributions)
            .table(loader)
            .streamId(stream.id())
            .positions(positions)
            .deadLetters(contributions.getSideOutput(ProjectOperator.DEAD_LETTERS));
    if (begin.token() != null) {
      write.takenOver(begin.token());
    }
    write.append();
  }

  private String uid(String part) {
    return "%s: %s".formatted(part, stream.id());
  }
}
