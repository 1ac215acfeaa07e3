/** The batch writer: seals closed windows with authoritative rows, and loads plain tables. */
package io.tidemark.batch;
