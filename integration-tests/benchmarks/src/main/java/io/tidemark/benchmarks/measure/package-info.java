/**
 * What a process costs: wall time, CPU and memory of its whole life, and the CPU of the database
 * meanwhile, all as Linux accounts for them in {@code /proc}.
 */
package io.tidemark.benchmarks.measure;
