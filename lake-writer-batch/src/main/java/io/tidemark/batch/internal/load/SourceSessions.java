package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.util.Tasks;

/**
 * A session per source, for looking at what there is. A source that cannot be reached is asked
 * once, but where it was reached before and may come back.
 */
final class SourceSessions implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MORE_ATTEMPTS = LoadEnumerator.MAX_ATTEMPTS - 1;

  private final Map<String, SourceSession> sessions = new HashMap<>();
  private final Map<String, RuntimeException> unreachable = new HashMap<>();
  private final Set<String> reached = new HashSet<>();

  /**
   * Returns the session of a source.
   *
   * @throws io.tidemark.catalog.LakeException if it cannot be had, now or before
   */
  SourceSession of(Source.Database source) {
    RuntimeException before = unreachable.get(source.name());
    if (before != null) {
      throw before;
    }
    try {
      return sessions.computeIfAbsent(source.name(), name -> open(source));
    } catch (RuntimeException e) {
      unreachable.put(source.name(), e);
      throw e;
    }
  }

  private SourceSession open(Source.Database source) {
    if (!reached.contains(source.name())) {
      SourceSession first = Databases.openForLoad(source);
      reached.add(source.name());
      return first;
    }
    AtomicReference<SourceSession> session = new AtomicReference<>();
    Tasks.foreach(source)
        .retry(MORE_ATTEMPTS)
        .exponentialBackoff(PAUSE.toMillis(), PAUSE.toMillis() << MORE_ATTEMPTS, Long.MAX_VALUE, 2)
        .onlyRetryOn(UnavailableException.class)
        .run(it -> session.set(Databases.openForLoad(it)));
    return session.get();
  }

  /** Has the next who asks get another session: a failure may have ended what this one was in. */
  void renew(Source.Database source) {
    SourceSession failed = sessions.remove(source.name());
    if (failed != null) {
      failed.close();
    }
  }

  @Override
  public void close() {
    sessions.values().forEach(SourceSession::close);
  }
}
