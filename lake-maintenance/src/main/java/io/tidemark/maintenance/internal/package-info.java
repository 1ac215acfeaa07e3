/** How the tasks plan, rewrite and commit. Not API. */
@NullMarked
package io.tidemark.maintenance.internal;

import org.jspecify.annotations.NullMarked;
