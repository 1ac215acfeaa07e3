package io.tidemark.catalog.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one at a time. At every step the actor that runs hands over to the one that a seeded
 * generator picks, so that a seed is an interleaving. Time is part of it: a step takes 10 ms, and a
 * pause takes no real time.
 *
 * <p>Work that Iceberg hands to its own pool takes no step of its own: its order is not ours.
 */
final class Schedule implements InstantSource {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofMillis(10);
  private static final int STEP_LIMIT = 60_000;
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "actor");
            thread.setDaemon(true);
            return thread;
          });
  private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

  private final Random random;
  private final double stickiness;
  private final List<Actor> actors = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final Semaphore done = new Semaphore(0);
  private Instant now = START;
  private boolean quiet;
  private @Nullable Throwable failure;

  /**
   * @param random picks the next actor
   * @param stickiness how likely an actor keeps its turn, between 0 and 1
   */
  Schedule(Random random, double stickiness) {
    this.random = random;
    this.stickiness = stickiness;
  }

  /** Adds an actor; it runs when it is picked. */
  void actor(String name, Runnable body) {
    Actor actor = new Actor(name);
    actors.add(actor);
    THREADS.execute(() -> play(actor, body));
  }

  /** Runs until every actor has finished, or one has failed. */
  void run() throws Throwable {
    actors.get(random.nextInt(actors.size())).resume();
    done.acquire();
    if (failure != null) {
      throw failure;
    }
  }

  private void play(Actor actor, Runnable body) {
    actor.awaitTurn();
    CURRENT.set(actor);
    try {
      body.run();
    } catch (Crash e) {
      note("crashed");
    } catch (Throwable e) {
      failure = failure == null ? e : failure;
    } finally {
      CURRENT.remove();
      finish(actor);
    }
  }

  private void finish(Actor actor) {
    actors.remove(actor);
    if (failure != null || actors.isEmpty()) {
      done.release();
    } else {
      actors.get(random.nextInt(actors.size())).resume();
    }
  }

  /** Takes a step: others may run before what follows. */
  void step(String what) {
    Actor actor = CURRENT.get();
    if (actor == null || quiet) {
      return;
    }
    actor.checkAlive();
    trace.add(actor.name() + ": " + what);
    if (trace.size() > STEP_LIMIT) {
      throw new AssertionError("The schedule does not come to an end");
    }
    now = now.plus(STEP);
    if (actors.size() > 1 && random.nextDouble() >= stickiness) {
      Actor next = actors.get(random.nextInt(actors.size()));
      if (next != actor) {
        next.resume();
        actor.awaitTurn();
      }
    }
    actor.checkAlive();
  }

  /** Notes something in the trace. */
  void note(String what) {
    trace.add(self().name() + ": " + what);
  }

  /** Waits without taking real time. */
  void pause(Duration duration) {
    now = now.plus(duration);
    step("pauses for " + duration.toMillis() + " ms");
  }

  /** Returns the actor that runs. */
  Actor self() {
    Actor actor = CURRENT.get();
    if (actor == null) {
      throw new IllegalStateException("Only an actor may do this");
    }
    return actor;
  }

  /** Lets the world be looked at without a step. */
  void quietly(Runnable look) {
    boolean before = quiet;
    quiet = true;
    try {
      look.run();
    } finally {
      quiet = before;
    }
  }

  Random random() {
    return random;
  }

  /** Draws an event of a probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  List<String> trace() {
    return List.copyOf(trace);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
