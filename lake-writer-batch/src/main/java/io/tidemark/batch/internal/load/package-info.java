/**
 * Loads of plain tables: one bounded job for any number of them.
 *
 * <p>A table is cut into ranges that are all read in one snapshot of its database. A range is read,
 * decoded and written in one task, so that rows never cross the network again: what leaves the task
 * are data files. The last range of a table makes its commit. An enumerator hands the ranges out
 * and never lets more connections to a source be open than it allows. Whatever goes wrong with one
 * table ends that table only.
 */
@NullMarked
package io.tidemark.batch.internal.load;

import org.jspecify.annotations.NullMarked;
