package io.tidemark.stream;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.commit.StreamToken;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * Streams contributions into the open windows of a unified table.
 *
 * <pre>{@code
 * StreamWrite.forContributions(perHour).table(tableLoader).streamId("campaign-hourly").uidSuffix("ads").append();
 * }</pre>
 *
 * <p>A contribution is an insert-only row of the contract's source columns in their order: period,
 * keys, measures. The stream's type must say so: an {@code InternalTypeInfo} of the columns' types.
 * Watermarks are those of the stream; with each publish the table learns how far it is complete.
 * Where a source's partitions may fall silent, give its watermark strategy {@code withIdleness}, or
 * the watermark stays where they stopped and no seal gets past it.
 *
 * <p>Commits happen at checkpoints, which must be on, exactly-once and aligned.
 *
 * <p>Defaults: uid suffix the stream id; no source positions; no dead letters of the source; no
 * take-over.
 */
public final class StreamWrite {

  private final DataStream<RowData> contributions;
  private @Nullable TableLoader table;
  private @Nullable String streamId;
  private @Nullable String uidSuffix;
  private @Nullable DataStream<SourcePosition> positions;
  private @Nullable DataStream<DeadLetter> deadLetters;
  private @Nullable StreamToken takenOver;

  private StreamWrite(DataStream<RowData> contributions) {
    this.contributions = contributions;
  }

  /** Starts a write of contributions, merged by the functions of the table's measures. */
  public static StreamWrite forContributions(DataStream<RowData> contributions) {
    return new StreamWrite(contributions);
  }

  /** Names the table. */
  public StreamWrite table(TableLoader loader) {
    this.table = loader;
    return this;
  }

  /**
   * Names the stream. The table keeps its state under this id: it stays the same over restarts and
   * releases, and no other job may use it.
   */
  public StreamWrite streamId(String id) {
    this.streamId = id;
    return this;
  }

  /** Tells this write's operators from those of another write in the same job. */
  public StreamWrite uidSuffix(String suffix) {
    this.uidSuffix = suffix;
    return this;
  }

  /**
   * Follows the source, so that each publish says what it is complete to and the stream can be
   * taken over without Flink's state.
   *
   * @param perEvent the position behind every event, derived from the source in one chain with it
   */
  public StreamWrite positions(DataStream<SourcePosition> perEvent) {
    this.positions = perEvent;
    return this;
  }

  /**
   * Keeps events that the source could not read, committed with the publish of their checkpoint.
   */
  public StreamWrite deadLetters(DataStream<DeadLetter> unreadable) {
    this.deadLetters = unreadable;
    return this;
  }

  /**
   * Starts from a take-over where the job has no state; ignored where it has.
   *
   * @param token what {@link io.tidemark.catalog.UnifiedTable#takeOver} returned; the source has to
   *     start from its positions
   */
  public StreamWrite takenOver(StreamToken token) {
    this.takenOver = token;
    return this;
  }

  /**
   * Adds the write to the job.
   *
   * @return the sink, for naming and placing it; its parallelism is 1
   * @throws InvalidRequestException if something is missing, the stream's type is not the
   *     contract's, or the job's checkpoints do not allow exactly-once
   */
  public DataStreamSink<?> append() {
    return new StreamTopology(
            contributions,
            required(table, "table"),
            required(streamId, "streamId"),
            uidSuffix == null ? required(streamId, "streamId") : uidSuffix)
        .beside(positions, deadLetters)
        .append(takenOver);
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new InvalidRequestException("Cannot append a stream write: it has no " + name);
    }
    return value;
  }
}
