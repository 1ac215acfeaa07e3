package io.tidemark.stream;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.stream.internal.AdmitOperator;
import io.tidemark.stream.internal.EventOperator;
import io.tidemark.stream.internal.ImageOperator;
import io.tidemark.stream.internal.Piece;
import io.tidemark.stream.internal.PieceType;
import io.tidemark.stream.internal.PositionsOperator;
import io.tidemark.stream.internal.PublishSink;
import io.tidemark.stream.internal.StreamPlan;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.jspecify.annotations.Nullable;

/** The operators of a stream write, and how they are joined. */
final class StreamTopology {

  private final DataStream<RowData> contributions;
  private final TableLoader table;
  private final String streamId;
  private final String uidSuffix;
  private @Nullable DataStream<SourcePosition> positions;
  private @Nullable DataStream<DeadLetter> deadLetters;

  StreamTopology(
      DataStream<RowData> contributions, TableLoader table, String streamId, String uidSuffix) {
    this.contributions = contributions;
    this.table = table;
    this.streamId = streamId;
    this.uidSuffix = uidSuffix;
  }

  StreamTopology beside(
      @Nullable DataStream<SourcePosition> reached, @Nullable DataStream<DeadLetter> unreadable) {
    this.positions = reached;
    this.deadLetters = unreadable;
    return this;
  }

  DataStreamSink<?> append(@Nullable StreamToken takenOver) {
    checkMode(contributions.getExecutionEnvironment());
    checkCheckpoints(contributions.getExecutionEnvironment().getCheckpointConfig());
    StreamPlan plan = plan(takenOver);
    DataStream<Piece> pieces =
        plan.contract().layout() == OpenLayout.CELLS ? images(plan) : events(plan);
    return besides(pieces)
        .sinkTo(new PublishSink(plan))
        .setParallelism(1)
        .name(name("publish"))
        .uid(name("publish"));
  }

  private StreamPlan plan(@Nullable StreamToken takenOver) {
    if (!(contributions.getType() instanceof InternalTypeInfo<?> type)) {
      throw new InvalidRequestException(
          "Cannot stream into %s: the contributions are of type %s, expected an InternalTypeInfo of the contract's source columns"
              .formatted(table.table(), contributions.getType()));
    }
    return StreamPlans.of(table, streamId, type.toRowType(), takenOver);
  }

  private DataStream<Piece> events(StreamPlan plan) {
    return named(
        contributions.transform(name("events"), new PieceType(), new EventOperator(plan)),
        "events");
  }

  private DataStream<Piece> images(StreamPlan plan) {
    SingleOutputStreamOperator<RowData> admitted =
        named(
            contributions.transform(
                name("admit"),
                InternalTypeInfo.of(AdmitOperator.admitted(plan.source())),
                new AdmitOperator(plan)),
            "admit");
    DataStream<Piece> images =
        named(
            admitted
                .keyBy(AdmitOperator.cellOf(plan.source()), AdmitOperator.cellType())
                .transform(name("images"), new PieceType(), new ImageOperator(plan)),
            "images");
    return images.union(admitted.getSideOutput(AdmitOperator.ASIDE));
  }

  private DataStream<Piece> besides(DataStream<Piece> pieces) {
    DataStream<Piece> all = pieces;
    if (positions != null) {
      all =
          all.union(
              named(
                  positions.transform(name("positions"), new PieceType(), new PositionsOperator()),
                  "positions"));
    }
    if (deadLetters != null) {
      all =
          all.union(
              named(
                  deadLetters.map(letter -> (Piece) new Piece.DeadRow(letter), new PieceType()),
                  "dead letters"));
    }
    return all;
  }

  private <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator
        .name(name(name))
        .uid(name(name))
        .setParallelism(operator.getTransformation().getInputs().get(0).getParallelism());
  }

  private String name(String part) {
    return "%s: %s".formatted(part, uidSuffix);
  }

  /** An image of a batch execution would come at its end, and of nothing but its input. */
  private void checkMode(StreamExecutionEnvironment environment) {
    RuntimeExecutionMode mode = environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE);
    if (mode != RuntimeExecutionMode.STREAMING) {
      throw new InvalidRequestException(
          "Cannot stream into %s: the runtime mode is %s, and a publish is made at each checkpoint. Set execution.runtime-mode: STREAMING"
              .formatted(table.table(), mode));
    }
  }

  private void checkCheckpoints(CheckpointConfig config) {
    String reason = null;
    if (!config.isCheckpointingEnabled()) {
      reason = "checkpoints are off, and a publish is made at each";
    } else if (config.getCheckpointingConsistencyMode() != CheckpointingMode.EXACTLY_ONCE) {
      reason = "checkpoints are not exactly-once";
    } else if (config.isUnalignedCheckpointsEnabled()) {
      reason =
          "checkpoints are unaligned: a publish could claim what is still on its way. Set execution.checkpointing.unaligned.enabled: false";
    }
    if (reason != null) {
      throw new InvalidRequestException(
          "Cannot stream into %s: %s".formatted(table.table(), reason));
    }
  }
}
