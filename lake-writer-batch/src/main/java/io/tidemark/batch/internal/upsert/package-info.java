/**
 * Which rows of a table have the keys that a load brings, and how these rows go: as position
 * deletes or deletion vectors of their data files, or with files that are written anew without
 * them. Never as equality deletes, which slow every reader down.
 */
@NullMarked
package io.tidemark.batch.internal.upsert;

import org.jspecify.annotations.NullMarked;
