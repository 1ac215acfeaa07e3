/** The batch writer's jobs: commands on a manifest, with an exit code. */
@NullMarked
package io.tidemark.batch.job;

import org.jspecify.annotations.NullMarked;
