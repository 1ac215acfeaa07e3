/**
 * A bounded source that reads the query of a seal, in parallel where connections can share a
 * snapshot, and loses nothing: ranges of one column with open ends, and a range for its nulls. It
 * reads once; it is not resumed.
 */
@NullMarked
package io.tidemark.batch.internal.settled;

import org.jspecify.annotations.NullMarked;
