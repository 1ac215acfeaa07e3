/**
 * Jobs that are killed, or lose a part of Flink, at named points, and what they leave behind.
 *
 * <p>A point is seen from outside: by the object that is about to be stored, or by the commit that
 * the catalog has just made. What strikes there strikes while the job waits for the answer, so that
 * the point is exact and no product code knows of it.
 */
package io.tidemark.scenarios.kill;
