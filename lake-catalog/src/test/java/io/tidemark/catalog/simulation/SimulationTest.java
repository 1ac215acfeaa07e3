package io.tidemark.catalog.simulation;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs the commit layer through seeded interleavings, 2,000 by default. {@code
 * -Dsimulation.seeds=20000} runs more of them, {@code -Dsimulation.seed=42} replays one.
 */
class SimulationTest {

  private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

  @Test
  void everySnapshotTellsTheTruthWhateverTheInterleaving() {
    Long one = Long.getLong("simulation.seed");
    LongStream seeds = one == null ? LongStream.range(0, SEEDS) : LongStream.of(one);

    Optional<AssertionError> failure = Simulation.run(seeds);

    failure.ifPresent(
        e -> {
          throw e;
        });
  }
}
