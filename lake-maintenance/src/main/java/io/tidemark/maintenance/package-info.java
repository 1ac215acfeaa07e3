/**
 * Bounded upkeep jobs which respect who owns a window.
 *
 * <p>A {@link io.tidemark.maintenance.MaintenanceRun} runs a list of {@linkplain
 * io.tidemark.maintenance.MaintenanceTask tasks} over one table, once, and ends with a {@linkplain
 * io.tidemark.maintenance.MaintenanceReport report}. A task works on closed windows and old
 * snapshots only; what a live writer or the table's state still needs it leaves alone, and says so.
 * What a guard refuses is skipped, reported, and taken up by the next run; what fails is never
 * swallowed.
 */
@NullMarked
package io.tidemark.maintenance;

import org.jspecify.annotations.NullMarked;
