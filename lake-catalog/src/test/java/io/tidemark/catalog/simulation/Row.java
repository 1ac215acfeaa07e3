package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;

/**
 * A row: an event of a stream, a figure of a batch run, or something foreign.
 *
 * @param name what it is, unique
 * @param window the window of its period
 * @param period its period in microseconds
 * @param key its key
 */
record Row(String name, Window window, long period, long key) {}
