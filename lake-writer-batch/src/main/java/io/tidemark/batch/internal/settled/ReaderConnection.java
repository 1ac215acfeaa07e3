package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one connection of a reader, opened when its first split comes. */
final class ReaderConnection implements AutoCloseable {

  private final SettledQuery query;
  private @Nullable SourceSession session;
  private boolean closed;

  ReaderConnection(SettledQuery query) {
    this.query = query;
  }

  /**
   * Returns the session, which sees a snapshot.
   *
   * @param snapshot the same for all splits of a job; null for the session's own
   */
  synchronized SourceSession session(@Nullable SharedSnapshot snapshot) {
    if (closed) {
      throw new IllegalStateException("The reader of " + query.source() + " is closed");
    }
    if (session == null) {
      session = Databases.openForSeal(query.source(), query.zone());
      if (snapshot != null) {
        session.join(snapshot, List.of());
      }
    }
    return session;
  }

  synchronized void cancel() {
    if (session != null) {
      session.cancel();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (session != null) {
      session.close();
    }
  }
}
