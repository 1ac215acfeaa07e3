/**
 * Loads of plain tables: one bounded job for any number of them.
 *
 * <p>A table is cut into ranges, which are all read in one snapshot of its database unless the
 * manifest lets each have its own. A range is read, decoded and written in one task, so that rows
 * never cross the network again: what leaves the task are data files. One task commits a table when
 * all of its ranges have come. An enumerator hands the ranges out and never lets more connections
 * to a source be open than it allows. Whatever goes wrong with one table ends that table only.
 */
@NullMarked
package io.tidemark.batch.internal.load;

import org.jspecify.annotations.NullMarked;
