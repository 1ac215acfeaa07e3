/**
 * The stream writer: keeps the open windows of a unified table up to the moment.
 *
 * <p>{@link io.tidemark.stream.StreamWrite} turns a {@code DataStream<RowData>} of contributions
 * into publishes, one commit per checkpoint in which something changed. A publish is complete: it
 * carries the watermark and the source positions up to the checkpoint's barrier, the rows that came
 * too late and the events that nobody could read. Publishes form a chain that the table itself
 * checks, so that no restart, fork or zombie writes a row twice or loses one.
 */
@NullMarked
package io.tidemark.stream;

import org.jspecify.annotations.NullMarked;
