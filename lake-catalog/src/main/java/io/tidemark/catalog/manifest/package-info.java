/**
 * The manifest {@code lake.yaml}: one file for one table or for a thousand.
 *
 * <p>A manifest is read and validated as a whole; every complaint names its line, and nothing runs
 * while there is one. It holds secrets by reference only.
 */
@NullMarked
package io.tidemark.catalog.manifest;

import org.jspecify.annotations.NullMarked;
