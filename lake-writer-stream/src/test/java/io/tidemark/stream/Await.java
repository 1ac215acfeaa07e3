package io.tidemark.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for a condition, never for a time. */
public final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Await() {}

  /** Returns once a condition holds; a condition that throws does not hold yet. */
  public static void until(String what, Callable<Boolean> condition) throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    Exception last = null;
    while (Instant.now().isBefore(end)) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Not within " + LIMIT + ": " + what, last);
  }
}
