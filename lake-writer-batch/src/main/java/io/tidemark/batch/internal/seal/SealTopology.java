package io.tidemark.batch.internal.seal;

import org.apache.flink.api.common.operators.Order;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.RowData;

/** The operators of a seal: extend, distribute, sort, audit and write, commit. */
public final class SealTopology {

  private final SealOrder order;
  private final RowLayout layout;
  private final String uid;

  /**
   * Describes the operators of a seal.
   *
   * @param uidSuffix what tells its operators from those of another seal in the same job
   */
  public SealTopology(SealOrder order, RowLayout layout, String uidSuffix) {
    this.order = order;
    this.layout = layout;
    this.uid = uidSuffix.isEmpty() ? "tidemark-seal" : "tidemark-seal-" + uidSuffix;
  }

  /** Appends them to rows with the contract's source columns in order. */
  public DataStreamSink<Void> append(DataStream<RowData> settled, int writers) {
    WindowIndex windows = new WindowIndex(order.plan().windows());
    DataStream<RowData> distributed =
        settled
            .map(new FinalRow(layout.contract(), windows))
            .returns(layout.typeInfo())
            .setParallelism(settled.getParallelism())
            .name("final rows")
            .uid(uid + "-rows")
            .partitionCustom(
                new WriterChoice.RoundRobin(), new WriterChoice(layout, windows, writers));
    return distributed
        .fullWindowPartition()
        .sortPartition(new RowOrder(layout), Order.ASCENDING)
        .setParallelism(writers)
        .name("sort")
        .uid(uid + "-sort")
        .transform(
            "write",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            new SealWriter(order.loader(), layout, windows))
        .setParallelism(writers)
        .uid(uid + "-write")
        .transform("seal " + order.loader().table(), Types.VOID, new SealCommitter(order))
        .forceNonParallel()
        .uid(uid + "-commit")
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1)
        .name("sealed")
        .uid(uid + "-end");
  }
}
