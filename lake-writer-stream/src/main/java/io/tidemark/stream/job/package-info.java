/**
 * The stream job of a manifest: Kafka events, a projection in Flink SQL, a unified table.
 *
 * <p>Events are read in the source ({@link io.tidemark.stream.job.KafkaEvents}), so that watermarks
 * are those of the partitions, and projected one by one ({@link
 * io.tidemark.stream.job.ProjectOperator}), so that an event which cannot be read, cast or
 * projected becomes a dead letter with its raw bytes and stops nobody.
 */
@NullMarked
package io.tidemark.stream.job;

import org.jspecify.annotations.NullMarked;
