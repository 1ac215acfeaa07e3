/**
 * How the commit protocol is carried out. Nothing here is API.
 *
 * <p>A {@code CommitIntent} says what a commit means; the {@code CommitLoop} plans it against one
 * base, has an {@code Attempt} swap that base, and settles every outcome by the lineage of main.
 */
@NullMarked
package io.tidemark.catalog.internal;

import org.jspecify.annotations.NullMarked;
