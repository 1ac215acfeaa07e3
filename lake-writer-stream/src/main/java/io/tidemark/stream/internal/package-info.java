/**
 * How contributions become publishes.
 *
 * <p>In the {@code cells} layout an {@link io.tidemark.stream.internal.AdmitOperator} puts aside
 * what belongs to no open window; an {@link io.tidemark.stream.internal.ImageOperator}, keyed by
 * cell, merges the rest and writes every changed cell in full before a barrier. In the {@code
 * events} layout an {@link io.tidemark.stream.internal.EventOperator} does both and appends. What
 * either hands over meets at one {@link io.tidemark.stream.internal.PublishWriter}, which forms one
 * publish per checkpoint; a {@link io.tidemark.stream.internal.PublishCommitter} commits it once
 * the checkpoint is complete.
 */
@NullMarked
package io.tidemark.stream.internal;

import org.jspecify.annotations.NullMarked;
