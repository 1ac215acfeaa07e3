package io.tidemark.catalog.simulation;

import java.util.concurrent.Semaphore;

/** One process of the simulated world: a thread that runs only while the schedule lets it. */
final class Actor {

  private final String name;
  private final Semaphore turn = new Semaphore(0);
  private boolean dead;
  private boolean foreign;

  Actor(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Lets the actor run until its next step. */
  void resume() {
    turn.release();
  }

  void awaitTurn() {
    turn.acquireUninterruptibly();
  }

  /** Ends the process: whatever the actor still tries to do, it does nothing. */
  Crash crash() {
    dead = true;
    return new Crash();
  }

  /** Stands for a new process that was started in place of the crashed one. */
  void restart() {
    dead = false;
  }

  /** Does something as somebody who uses Iceberg alone, whom a wrong answer would harm. */
  void asForeigner(Runnable deed) {
    foreign = true;
    try {
      deed.run();
    } finally {
      foreign = false;
    }
  }

  boolean isForeign() {
    return foreign;
  }

  void checkAlive() {
    if (dead) {
      throw new Crash();
    }
  }
}
