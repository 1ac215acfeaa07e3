/**
 * Benchmarks: Tidemark beside its peers and beside what the hardware allows, in one run. Subjects
 * are processes, so that nothing here depends on what it measures.
 */
package io.tidemark.benchmarks;
