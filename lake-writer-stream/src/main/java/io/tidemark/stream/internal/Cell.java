package io.tidemark.stream.internal;

import io.tidemark.catalog.window.Window;

/**
 * A window's key bucket, the unit in which a stream publishes.
 *
 * @param window the open window
 * @param bucket the bucket of the contract's bucket key, 0 where there is only one
 */
record Cell(Window window, int bucket) {}
