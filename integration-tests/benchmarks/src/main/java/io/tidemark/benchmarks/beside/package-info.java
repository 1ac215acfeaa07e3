/**
 * What a load costs the database it reads: small transactions, as the database's own users have
 * them, with and without a load beside them.
 */
package io.tidemark.benchmarks.beside;
