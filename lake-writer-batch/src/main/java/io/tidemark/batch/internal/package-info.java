/**
 * What seals and loads share: how a run's job is executed, which databases there are, and files
 * that are not committed yet. Public where the module's other packages need it, and no API.
 */
@NullMarked
package io.tidemark.batch.internal;

import org.jspecify.annotations.NullMarked;
