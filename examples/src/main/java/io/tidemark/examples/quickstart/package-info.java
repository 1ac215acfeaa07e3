/**
 * The quickstart: the jobs of a manifest on real parts, all embedded, from the first event to a
 * history that an independent engine has checked.
 */
@NullMarked
package io.tidemark.examples.quickstart;

import org.jspecify.annotations.NullMarked;
