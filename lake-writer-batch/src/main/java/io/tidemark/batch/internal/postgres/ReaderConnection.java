package io.tidemark.batch.internal.postgres;

import org.jspecify.annotations.Nullable;

/** The one connection of a reader, opened when its first split comes. */
final class ReaderConnection implements AutoCloseable {

  private final SettledQuery query;
  private @Nullable Session session;
  private boolean closed;

  ReaderConnection(SettledQuery query) {
    this.query = query;
  }

  /**
   * Returns the session, which sees a snapshot.
   *
   * @param snapshot the same for all splits of a job; null for the session's own
   */
  synchronized Session session(@Nullable String snapshot) {
    if (closed) {
      throw new IllegalStateException("The reader of " + query.source() + " is closed");
    }
    if (session == null) {
      session = Session.open(query.source(), query.zone());
      if (snapshot != null) {
        session.join(snapshot);
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
