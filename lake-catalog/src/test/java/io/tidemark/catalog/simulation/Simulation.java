package io.tidemark.catalog.simulation;

import java.util.List;

/** The run of one seed: a world, its actors, and a calm end in which everything must add up. */
final class Simulation {

  private final long seed;
  private final World world;

  private Simulation(long seed) {
    this.seed = seed;
    this.world = new World(seed);
  }

  /**
   * Runs a seed.
   *
   * @throws AssertionError if anything is not as it ought to be; tells the seed and the schedule
   */
  static void run(long seed) {
    new Simulation(seed).run();
  }

  /** Returns the schedule of a seed, whatever comes of it. */
  static List<String> trace(long seed) {
    Simulation simulation = new Simulation(seed);
    try {
      simulation.run();
    } catch (AssertionError e) {
      return simulation.world.schedule().trace();
    }
    return simulation.world.schedule().trace();
  }

  private void run() {
    try {
      play("setup", world::create);
      world.calm(false);
      cast();
      world.schedule().run();
      world.calm(true);
      play("epilogue", this::settle);
      world.oracle().finish();
    } catch (Throwable e) {
      throw new AssertionError(describe(e), e);
    }
  }

  private void play(String name, Runnable body) throws Throwable {
    world.schedule().actor(name, body);
    world.schedule().run();
  }

  private void cast() {
    for (Source source : world.sources()) {
      world.schedule().actor(source.streamId(), new StreamJob(world, source));
    }
    for (int i = 0; i < world.profile().sealers(); i++) {
      String name = "batch-" + i;
      world.schedule().actor(name, new SealJob(world, name, world.profile().windows()));
    }
    world.schedule().actor("upkeep", new Upkeep(world));
    world.schedule().actor("stranger", new Stranger(world));
  }

  private void settle() {
    world.load().repair();
    for (Source source : world.sources()) {
      StreamRun run = StreamRun.takeOver(world, source);
      while (!run.atEnd()) {
        run.advance();
      }
      run.advance();
    }
  }

  private String describe(Throwable failure) {
    List<String> trace = world.schedule().trace();
    return "Seed %d fails: %s%n%s%n%s%nReplay it with -Dsimulation.seed=%d"
        .formatted(seed, failure.getMessage(), world.profile(), String.join("\n", trace), seed);
  }
}
