/** The operators of a seal; public where the module's other packages need them, and no API. */
@NullMarked
package io.tidemark.batch.internal;

import org.jspecify.annotations.NullMarked;
