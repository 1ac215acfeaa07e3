package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.manifest.Source;
import java.util.HashMap;
import java.util.Map;

/**
 * A session per source, for looking at what there is. A source that cannot be reached is asked
 * once.
 */
final class SourceSessions implements AutoCloseable {

  private final Map<String, SourceSession> sessions = new HashMap<>();
  private final Map<String, RuntimeException> unreachable = new HashMap<>();

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
      return sessions.computeIfAbsent(source.name(), name -> Databases.openForLoad(source));
    } catch (RuntimeException e) {
      unreachable.put(source.name(), e);
      throw e;
    }
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
