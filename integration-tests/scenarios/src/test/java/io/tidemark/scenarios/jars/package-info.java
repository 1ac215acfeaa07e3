/** The job jars under {@code flink run}, on a session cluster of processes of its own. */
@NullMarked
package io.tidemark.scenarios.jars;

import org.jspecify.annotations.NullMarked;
