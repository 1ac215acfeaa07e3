/**
 * The physical limit of a load: its legs on their own, each as fast as the libraries below allow,
 * composed to T*, the time that no load on the same machine can go below by much.
 */
package io.tidemark.benchmarks.limit;
