package io.tidemark.maintenance.internal;

import io.tidemark.catalog.TableLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.InstantiationUtil;

/** The bounded Flink job that rewrites groups in parallel and commits nothing. */
final class RewriteJob {

  private static final PrimitiveArrayTypeInfo<byte[]> BYTES =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  private RewriteJob() {}

  /** Runs the job and waits for its end. */
  static List<RewrittenGroup> run(
      StreamExecutionEnvironment flink, TableLoader loader, List<FileGroup> groups) {
    DataStream<byte[]> rewritten =
        flink
            .fromData(assignments(groups), BYTES)
            .setParallelism(1)
            .name("closed windows of " + loader.table())
            .rebalance()
            .map(new GroupRewriter(loader))
            .returns(BYTES)
            .setParallelism(Math.min(groups.size(), flink.getParallelism()))
            .name("rewrite");
    List<RewrittenGroup> results = new ArrayList<>();
    try (CloseableIterator<byte[]> bytes =
        rewritten.executeAndCollect("compact " + loader.table())) {
      while (bytes.hasNext()) {
        results.add(
            InstantiationUtil.deserializeObject(bytes.next(), RewriteJob.class.getClassLoader()));
      }
    } catch (Exception e) {
      throw new IllegalStateException(
          "Cannot compact %s: the rewrite job failed".formatted(loader.table()), e);
    }
    if (results.size() != groups.size()) {
      throw new IllegalStateException(
          "Cannot compact %s: the rewrite job told of %d groups of files, it was given %d"
              .formatted(loader.table(), results.size(), groups.size()));
    }
    return results;
  }

  private static List<byte[]> assignments(List<FileGroup> groups) {
    List<byte[]> assignments = new ArrayList<>();
    for (FileGroup group : groups) {
      try {
        assignments.add(
            InstantiationUtil.serializeObject(
                new GroupRewriter.Assignment(assignments.size(), group)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return assignments;
  }
}
