/**
 * The contract of a unified table: what a row means and who owns it when.
 *
 * <p>A contract names the period column and its grain, the keys, the measures and how contributions
 * to them merge, how the time line is cut into windows, how open windows are laid out, and what
 * becomes of late rows. It is stored in the table by column id, so that a column may be renamed.
 */
@NullMarked
package io.tidemark.catalog.contract;

import org.jspecify.annotations.NullMarked;
