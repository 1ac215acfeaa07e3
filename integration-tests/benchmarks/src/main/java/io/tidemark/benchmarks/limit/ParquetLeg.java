package io.tidemark.benchmarks.limit;

import io.tidemark.benchmarks.measure.Meter;
import io.tidemark.benchmarks.measure.ServerCpu;
import io.tidemark.benchmarks.source.ColumnBatch;
import io.tidemark.benchmarks.source.RowStream;
import io.tidemark.benchmarks.source.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes columns that are ready in memory as Parquet, in as many threads as there are parts.
 *
 * <p>The threads generate columns, then write them, in step: only the writing is measured.
 */
final class ParquetLeg {
  static final String NAME = "parquet";
  private static final int BATCH_ROWS = 250_000;

  private ParquetLeg() {}

  /** Takes table, rows, directory, passes and the server's process id. */
  public static void main(String[] args) throws Exception {
    SourceTable table = SourceTable.valueOf(args[0]);
    ServerCpu server = new ServerCpu(Long.parseLong(args[4]));
    ExecutorService threads = Executors.newFixedThreadPool(SourceTable.PARTS);
    for (int pass = 1; pass <= Integer.parseInt(args[3]); pass++) {
      Meter meter = new Meter(server);
      write(table, Long.parseLong(args[1]), Path.of(args[2]), meter, threads);
      LegPass.print(NAME, pass, meter);
    }
    threads.shutdown();
  }

  private static void write(
      SourceTable table, long rows, Path directory, Meter meter, ExecutorService threads)
      throws Exception {
    List<RowStream> streams = new ArrayList<>();
    List<ReadyColumnsWriter> writers = new ArrayList<>();
    for (int part = 0; part < SourceTable.PARTS; part++) {
      streams.add(table.rows(rows, part, BATCH_ROWS));
      writers.add(new ReadyColumnsWriter(table, directory, "part-" + part));
    }
    List<ColumnBatch> batches = inParallel(threads, streams, RowStream::next);
    while (batches.stream().anyMatch(batch -> batch.rows() > 0)) {
      meter.start();
      List<ColumnBatch> ready = batches;
      inParallel(threads, writers, writer -> writer.write(ready.get(writers.indexOf(writer))));
      meter.stop();
      batches = inParallel(threads, streams, RowStream::next);
    }
    meter.start();
    inParallel(threads, writers, ReadyColumnsWriter::finish);
    meter.stop();
  }

  private static <T, R> List<R> inParallel(ExecutorService threads, List<T> items, Step<T, R> step)
      throws Exception {
    List<Callable<R>> steps = new ArrayList<>();
    items.forEach(item -> steps.add(() -> step.of(item)));
    List<R> results = new ArrayList<>();
    for (Future<R> result : threads.invokeAll(steps)) {
      results.add(result.get());
    }
    return results;
  }

  private interface Step<T, R> {
    R of(T item) throws Exception;
  }
}
