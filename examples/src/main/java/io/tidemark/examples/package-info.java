/** Runnable stories, and the entry point of the launcher. */
@NullMarked
package io.tidemark.examples;

import org.jspecify.annotations.NullMarked;
