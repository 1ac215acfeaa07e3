/** Runnable stories. */
package io.tidemark.examples;
