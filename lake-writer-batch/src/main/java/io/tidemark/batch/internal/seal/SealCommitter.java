package io.tidemark.batch.internal.seal;

import io.tidemark.batch.SealReport;
import io.tidemark.batch.internal.UncommittedFiles;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.ledger.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a seal once, when all writers have brought their files. Its files are deleted only where
 * it was refused, never where it landed, may have landed or may land yet; a refusal is not tried
 * again.
 */
final class SealCommitter extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<byte[], Void>, BoundedOneInput {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SealCommitter.class);

  private final SealOrder order;

  private transient ReportAccumulator report;
  private transient List<DataFile> files;
  private transient Audit audit;
  private transient Instant start;

  SealCommitter(SealOrder order) {
    this.order = order;
  }

  @Override
  public void open() throws Exception {
    super.open();
    start = Instant.now();
    files = new ArrayList<>();
    audit = Audit.CLEAN;
    report = new ReportAccumulator();
    getRuntimeContext()
        .addAccumulator(
            SealReport.accumulator(order.loader().table(), order.plan().runId()), report);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) {
    throw OneAttempt.noCheckpoints(order.loader().table());
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) throws Exception {
    SealPart part = SealPart.fromBytes(element.getValue());
    files.addAll(part.files());
    audit = audit.merge(part.audit());
  }

  @Override
  public void endInput() throws Exception {
    try (OpenCatalog open = OpenCatalog.of(order.loader().catalog())) {
      UnifiedTable table = order.loader().load(open.catalog());
      SealResult result = commit(table);
      report.add(report(table, result));
    } catch (LakeException e) {
      throw new SuppressRestartsException(e);
    }
  }

  private SealResult commit(UnifiedTable table) {
    FileIO io = table.table().io();
    Seal seal = new Seal(order.plan(), files, order.cut(), order.allowed());
    try {
      checkAudit(table, seal);
      if (!isFirstAttempt()) {
        checkFiles(table, seal);
      }
      return table.seal(seal);
    } catch (RefusedException | InvalidRequestException e) {
      if (isFirstAttempt()) {
        UncommittedFiles.delete(io, files);
      }
      throw e;
    }
  }

  /** An attempt before may have been refused, and have deleted the files. */
  private void checkFiles(UnifiedTable table, Seal seal) {
    FileIO io = table.table().io();
    for (DataFile file : files) {
      if (!io.newInputFile(file.location()).exists()) {
        throw new UnavailableException(
            "Cannot seal %s %s: %s, which an attempt before has written, is gone. Nothing was committed; start it again"
                .formatted(
                    table.identifier(),
                    table.contract().window().format(seal.range()),
                    file.location()));
      }
    }
  }

  /** A later attempt may have got the very files that the first one committed. */
  private boolean isFirstAttempt() {
    return getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
  }

  private void checkAudit(UnifiedTable table, Seal seal) {
    if (!audit.isClean()) {
      throw new RefusedException(
          "Cannot seal %s %s: %s. Nothing was committed."
              .formatted(
                  table.identifier(), table.contract().window().format(seal.range()), audit));
    }
  }

  private SealReport report(UnifiedTable table, SealResult result) {
    return new SealReport(
        order.loader().table(),
        order.plan().runId(),
        table.contract().window(),
        result.windows(),
        result.alreadySealed(),
        result.rowsBefore(),
        result.rowsAfter(),
        result.snapshotId(),
        result.boundary(),
        drift(table, result),
        Duration.between(start, Instant.now()));
  }

  /** The seal has landed: whatever goes wrong here must not say that it failed. */
  private static List<Drift> drift(UnifiedTable table, SealResult result) {
    if (result.alreadySealed()) {
      return List.of();
    }
    try {
      return Drift.of(table.refresh(), result);
    } catch (RuntimeException e) {
      LOG.warn("Cannot tell the drift of {}, sealed in {}", table.identifier(), result, e);
      return List.of();
    }
  }
}
