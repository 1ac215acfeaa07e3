package io.tidemark.maintenance;

import io.tidemark.catalog.ledger.WindowsLedger;
import java.util.List;

/**
 * Brings the {@linkplain WindowsLedger windows ledger} up to date with the seals whose snapshots
 * are retained. Run it before snapshots expire: what has expired by then is not known any more.
 */
public final class UpdateLedger implements MaintenanceTask {

  private final boolean fromScratch;

  private UpdateLedger(boolean fromScratch) {
    this.fromScratch = fromScratch;
  }

  /** Adds the seals that the ledger does not have. */
  public static UpdateLedger withMissingSeals() {
    return new UpdateLedger(false);
  }

  /** Works the table's rows out anew, which forgets what has expired since. */
  public static UpdateLedger fromScratch() {
    return new UpdateLedger(true);
  }

  @Override
  public String name() {
    return "update-ledger";
  }

  @Override
  public TaskReport run(TaskContext context) {
    WindowsLedger ledger = WindowsLedger.of(context.catalog(), context.table());
    int missing = ledger.missing();
    if (!context.dryRun()) {
      write(ledger);
    }
    return TaskReport.of(
        name(), List.of(new Figure("seals to record", missing, 0)), List.of(), List.of());
  }

  private void write(WindowsLedger ledger) {
    if (fromScratch) {
      ledger.rebuild();
    } else {
      ledger.update();
    }
  }
}
