package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.batch.internal.UncommittedFiles;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Commits each table when all of its parts have come, and tells what became of it. Files of a table
 * that failed are deleted, but for those of an unknown outcome.
 */
final class LoadCommitter extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<byte[], Void>, BoundedOneInput {

  /** The accumulator of the outcomes. */
  static final String OUTCOMES = "tidemark-load-outcomes";

  /** The accumulator of the rows read so far. */
  static final String ROWS = "tidemark-load-rows";

  /** The accumulator of the tables that have been committed. */
  static final String TABLES = "tidemark-load-tables";

  private static final long serialVersionUID = 1L;

  private final ArrayList<TableLoad> loads;

  private transient Map<Integer, Gathering> gatherings;
  private transient ListAccumulator<LoadOutcome> outcomes;
  private transient LongCounter rows;
  private transient LongCounter tables;
  private transient @Nullable OpenCatalog catalog;

  LoadCommitter(List<TableLoad> loads) {
    this.loads = new ArrayList<>(loads);
  }

  @Override
  public void open() throws Exception {
    super.open();
    gatherings = new HashMap<>();
    outcomes = new ListAccumulator<>();
    rows = new LongCounter();
    tables = new LongCounter();
    getRuntimeContext().addAccumulator(OUTCOMES, outcomes);
    getRuntimeContext().addAccumulator(ROWS, rows);
    getRuntimeContext().addAccumulator(TABLES, tables);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) {
    throw new IllegalStateException("Cannot take a checkpoint of a load: it is one attempt");
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) throws Exception {
    LoadEvent event = LoadEvent.fromBytes(element.getValue());
    Gathering gathering =
        gatherings.computeIfAbsent(event.table(), t -> new Gathering(Instant.now()));
    if (event instanceof LoadEvent.Progress progress) {
      rows.add(progress.rows());
    } else if (event instanceof LoadEvent.Failed failed) {
      discard(event.table(), gathering.fail(failed.attempt(), failed.failure()));
    } else if (event instanceof LoadEvent.Loaded loaded) {
      if (loaded.keeper() == LoadEvent.Keeper.JOURNAL_OF_BEFORE) {
        rows.add(loaded.rows());
      }
      discard(event.table(), gathering.add(loaded));
      if (gathering.isWholeBy(loaded)) {
        commit(event.table(), gathering);
      }
    }
  }

  @Override
  public void endInput() {
    gatherings.forEach(
        (table, gathering) -> {
          if (gathering.failure() != null) {
            outcomes.add(gathering.failure().outcome(loads.get(table).name()));
          }
        });
  }

  /** What was not committed when the job ends before its time is in no commit for certain. */
  @Override
  public void close() throws Exception {
    try {
      if (gatherings != null) {
        gatherings.forEach((table, gathering) -> discard(table, gathering.letGo()));
      }
    } finally {
      if (catalog != null) {
        catalog.close();
      }
      super.close();
    }
  }

  private void commit(int table, Gathering gathering) {
    TableLoad load = loads.get(table);
    PlainTable plain;
    try {
      plain = planned(load);
    } catch (RuntimeException e) {
      discard(table, gathering.fail(Failure.of(load.name(), e)));
      return;
    }
    commit(table, gathering, plain);
  }

  /** Loads the table that the load was planned for, before anything is committed. */
  private PlainTable planned(TableLoad load) {
    try {
      PlainTable plain = PlainTable.load(catalog(load), load.loader().identifier());
      load.layout().checkTable(plain.table());
      return plain;
    } catch (NoSuchTableException e) {
      throw LayoutGuard.gone(load.name());
    }
  }

  private void commit(int table, Gathering gathering, PlainTable plain) {
    TableLoad load = loads.get(table);
    try {
      LoadResult result = new StepCommit(load, gathering.files()).run(plain);
      int files = gathering.files().size();
      gathering.keep();
      outcomes.add(
          new LoadOutcome.Loaded(
              load.name(),
              result.mode(),
              result.rows(),
              result.replaced(),
              gathering.rowsTakenOver(),
              files,
              gathering.nulls(),
              result.snapshotId(),
              result.alreadyLoaded(),
              load.parity(gathering.counted()),
              Duration.between(gathering.begun(), Instant.now())));
      tables.add(1L);
      Sweep.after(plain.table(), load.runId()).run(result.alreadyLoaded());
    } catch (RefusedException | InvalidRequestException e) {
      discard(table, gathering.fail(Failure.of(load.name(), e)));
    } catch (RuntimeException e) {
      gathering.keep();
      gathering.fail(Failure.of(load.name(), e));
    } catch (Error e) {
      gathering.keep(); // It may have landed before memory ran out.
      throw e;
    }
  }

  private Catalog catalog(TableLoad load) {
    if (catalog == null) {
      catalog = OpenCatalog.of(load.loader().catalog());
    }
    return catalog.catalog();
  }

  /** Whatever the table is by now, its files hold up no other table. */
  private void discard(int table, List<DataFile> files) {
    if (files.isEmpty()) {
      return;
    }
    TableLoad load = loads.get(table);
    try {
      UncommittedFiles.delete(io(load), files);
    } catch (RuntimeException e) {
      LOG.warn("Cannot delete {} files of {}, orphans now", files.size(), load.name(), e);
    }
  }

  /** Where a table is gone, one that is never created has access to its place. */
  private FileIO io(TableLoad load) {
    TableIdentifier table = load.loader().identifier();
    try {
      return catalog(load).loadTable(table).io();
    } catch (NoSuchTableException e) {
      return catalog(load).buildTable(table, new Schema()).createTransaction().table().io();
    }
  }
}
