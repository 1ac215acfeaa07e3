package io.tidemark.benchmarks.load;

import java.io.IOException;
import org.apache.iceberg.Table;

/** Something that loads a table. */
public interface Subject {
  /** Its name on the command line and in the report. */
  String name();

  /** Sets what only this subject wants of its target. */
  default void tune(Table target) {}

  /** Writes what the process reads, and returns how to start it. */
  ProcessBuilder prepare(LoadTask task) throws IOException;
}
