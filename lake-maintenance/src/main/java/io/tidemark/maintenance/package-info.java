/** Bounded upkeep jobs which respect who owns a window. */
package io.tidemark.maintenance;
