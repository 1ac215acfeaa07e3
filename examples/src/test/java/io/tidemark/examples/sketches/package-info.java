/** The sketches of the documentation, run as they stand there. */
package io.tidemark.examples.sketches;
