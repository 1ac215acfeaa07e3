/**
 * A bounded source that reads the query of a seal, in parallel where connections can share a
 * snapshot, and loses nothing: ranges of one column with open ends, and a range for its nulls. A
 * task that is restarted reads its ranges again; nothing comes from a checkpoint.
 */
@NullMarked
package io.tidemark.batch.internal.settled;

import org.jspecify.annotations.NullMarked;
