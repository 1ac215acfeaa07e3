/**
 * The jobs of a manifest as commands, and what all jobs share.
 *
 * <p>{@link io.tidemark.catalog.job.JobMain} runs a command and gives it a meaningful exit code.
 * The commands here need nothing but a catalog: they look at tables and mend their state.
 */
@NullMarked
package io.tidemark.catalog.job;

import org.jspecify.annotations.NullMarked;
