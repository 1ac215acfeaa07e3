/**
 * Windows and the closed set.
 *
 * <p>A window is a half-open range of periods, one unit long in the table's zone. Its edges are
 * computed once, kept as instants, and reused for the source query, the delete filter and every
 * check. The closed set says which windows the batch owns, and in which version.
 */
@NullMarked
package io.tidemark.catalog.window;

import org.jspecify.annotations.NullMarked;
