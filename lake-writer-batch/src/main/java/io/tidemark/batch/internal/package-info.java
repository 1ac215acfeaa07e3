/**
 * The operators of a seal, and what seals and loads share; public where the module's other packages
 * need them, and no API.
 */
@NullMarked
package io.tidemark.batch.internal;

import org.jspecify.annotations.NullMarked;
