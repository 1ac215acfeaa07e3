package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.stream.DeadLetter;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.jspecify.annotations.Nullable;

/** The rows that go to the quarantine and to the dead-letter table with the next publish. */
final class Aside implements Closeable {

  private final WriterInitContext context;
  private final LateTable late;
  private final SideRowsWriter dead;
  private final RowBytes bytes;
  private final Counter quarantined;
  private final Counter deadLetters;

  Aside(StreamPlan plan, UnifiedTable table, WriterInitContext context) {
    this.context = context;
    this.late = new LateTable(table.late(), plan.source(), context.getTaskInfo());
    this.dead = new SideRowsWriter(table.deadLetters(), context.getTaskInfo());
    this.bytes = new RowBytes(plan.source());
    this.quarantined = context.metricGroup().counter("quarantinedRows");
    this.deadLetters = context.metricGroup().counter("deadLetters");
  }

  void late(Piece.LateRow piece, String commitId) throws IOException {
    late.write(bytes.read(piece.row()), piece.reason(), commitId, now());
    quarantined.inc();
  }

  void dead(DeadLetter letter) throws IOException {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("payload", letter.payload());
    values.put("reason", StringData.fromString(letter.reason()));
    values.put("topic", StringData.fromString(letter.topic()));
    values.put("partition", letter.partition());
    values.put("offset", letter.offset());
    values.put("received_at", TimestampData.fromInstant(now()));
    dead.write(values);
    deadLetters.inc();
  }

  SideRows completeLate(long dropped, long covered) throws IOException {
    return late.complete(dropped, covered);
  }

  SideRows completeDead() throws IOException {
    return dead.complete(0, 0);
  }

  @Override
  public void close() throws IOException {
    late.close();
    dead.close();
  }

  private Instant now() {
    return Instant.ofEpochMilli(context.getProcessingTimeService().getCurrentProcessingTime());
  }
}
