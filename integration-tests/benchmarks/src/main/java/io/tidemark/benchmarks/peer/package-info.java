/** The main classes of the peers that run on the class path of the benchmarks. */
package io.tidemark.benchmarks.peer;
