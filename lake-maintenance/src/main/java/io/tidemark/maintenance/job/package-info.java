/** The job {@code maintain}, for a shell or for {@code flink run}. */
@NullMarked
package io.tidemark.maintenance.job;

import org.jspecify.annotations.NullMarked;
