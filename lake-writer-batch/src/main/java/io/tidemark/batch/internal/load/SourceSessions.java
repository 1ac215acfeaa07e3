package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.jdbc.JdbcSession;
import io.tidemark.batch.internal.postgres.copy.PostgresSession;
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
   * Opens a session, which whoever gets it closes.
   *
   * @throws io.tidemark.catalog.LakeException if it cannot be had
   */
  static SourceSession open(Source.Database source) {
    if (source instanceof Source.Postgres postgres) {
      return PostgresSession.open(postgres);
    }
    if (source instanceof Source.MariaDb mariaDb) {
      return JdbcSession.open(mariaDb);
    }
    return JdbcSession.open((Source.Jdbc) source);
  }

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

  @Override
  public void close() {
    sessions.values().forEach(SourceSession::close);
  }
}
