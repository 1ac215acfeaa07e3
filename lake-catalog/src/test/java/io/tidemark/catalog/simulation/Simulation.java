package io.tidemark.catalog.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;

/** The run of one seed: a world, its actors, and a calm end in which everything must add up. */
final class Simulation {

  private final long seed;
  private final World world;

  private Simulation(long seed) {
    this.seed = seed;
    this.world = new World(seed);
  }

  /**
   * Runs as many seeds as the argument says, until one fails. The exit code tells whether one did:
   * this is how seeded faults are tried, see {@code integration-tests/faults}.
   */
  public static void main(String[] args) {
    Optional<AssertionError> failure = run(LongStream.range(0, Long.parseLong(args[0])));
    failure.ifPresent(e -> System.out.println(e.getMessage()));
    System.exit(failure.isPresent() ? 1 : 0);
  }

  /**
   * Runs seeds side by side until one fails, and returns its failure. There are more threads than
   * cores, as Iceberg sleeps for 10 ms at a time while its pool writes manifests.
   */
  static Optional<AssertionError> run(LongStream seeds) {
    ForkJoinPool pool = new ForkJoinPool(8 * Runtime.getRuntime().availableProcessors());
    try {
      return pool.submit(
              () ->
                  seeds
                      .parallel()
                      .mapToObj(Simulation::failure)
                      .flatMap(Optional::stream)
                      .findAny())
          .join();
    } finally {
      pool.shutdownNow();
    }
  }

  private static Optional<AssertionError> failure(long seed) {
    try {
      run(seed);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
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
