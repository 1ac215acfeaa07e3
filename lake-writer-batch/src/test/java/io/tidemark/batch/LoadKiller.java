package io.tidemark.batch;

import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import io.tidemark.fixtures.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Forks loads, and kills them at statements that a proxy sees.
 *
 * @param directory where what they print goes
 */
record LoadKiller(FlakyDatabaseProxy proxy, Path manifest, Path directory) {

  static final int KILLED = 128 + 9;

  /**
   * Forks a load and waits until it ends.
   *
   * @param fault what happens at the statement, given what kills the load
   * @return its exit code
   */
  int fork(String runId, Function<Runnable, Fault> fault, Predicate<String> at) {
    AtomicReference<ForkedJvm> forked = new AtomicReference<>();
    proxy.fail(fault.apply(() -> forked.get().kill()), at);
    forked.set(
        ForkedJvm.start(
            LoadProcess.class.getName(),
            Map.of(),
            directory.resolve("output"),
            List.of(manifest.toString(), runId)));
    try (ForkedJvm process = forked.get()) {
      return process.await(Duration.ofMinutes(2));
    } finally {
      proxy.heal();
    }
  }

  /** Kills a load some milliseconds after a statement, or never where it ends before. */
  int forkAndKillBehind(String runId, int lag, Predicate<String> at) {
    Executor later = CompletableFuture.delayedExecutor(lag, TimeUnit.MILLISECONDS);
    return fork(
        runId, kill -> Fault.none().runBefore(() -> CompletableFuture.runAsync(kill, later)), at);
  }

  static Predicate<String> nthOf(int nth, Predicate<String> kind) {
    AtomicInteger seen = new AtomicInteger();
    return statement -> kind.test(statement) && seen.incrementAndGet() == nth;
  }
}
