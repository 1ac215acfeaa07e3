package io.tidemark.catalog.commit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * How long a commit is tried, and how it waits between two attempts.
 *
 * @param limit the time after which an unsettled commit is given up with {@link
 *     CommitUnresolvedException}
 * @param clock the time
 * @param pause waits for about a duration
 */
public record CommitTiming(Duration limit, InstantSource clock, Consumer<Duration> pause) {

  /** Tries for five minutes, waiting with jitter. */
  public static final CommitTiming DEFAULT =
      new CommitTiming(Duration.ofMinutes(5), InstantSource.system(), CommitTiming::sleep);

  private static void sleep(Duration about) {
    long millis = Math.max(1, about.toMillis());
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2 + 1, millis + 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommitUnresolvedException("Interrupted while a commit was under way", e);
    }
  }
}
