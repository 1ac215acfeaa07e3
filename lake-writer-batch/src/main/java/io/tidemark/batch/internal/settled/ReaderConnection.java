package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a reader, opened when its first split comes. For the thread that reads, but
 * for {@link #cancel()}.
 */
final class ReaderConnection implements AutoCloseable {

  private final SettledQuery query;
  private @Nullable SourceSession session;
  private boolean cancelled;

  ReaderConnection(SettledQuery query) {
    this.query = query;
  }

  /**
   * Returns the session, which sees a snapshot.
   *
   * @param snapshot the same for all splits of a job; null for the session's own
   * @throws IllegalStateException once it is cancelled
   */
  SourceSession session(@Nullable SharedSnapshot snapshot) {
    SourceSession open = open();
    if (open == null) {
      open = Databases.openForSeal(query.source(), query.zone());
      opened(open);
      if (snapshot != null) {
        open.join(snapshot, List.of());
      }
    }
    return open;
  }

  private synchronized @Nullable SourceSession open() {
    if (cancelled) {
      throw closed();
    }
    return session;
  }

  /** Connecting may take long, and whoever cancels does not wait for it. */
  private synchronized void opened(SourceSession fresh) {
    if (cancelled) {
      fresh.close();
      throw closed();
    }
    session = fresh;
  }

  private IllegalStateException closed() {
    return new IllegalStateException("The reader of " + query.source() + " is closed");
  }

  /** Ends the query that runs, and has none follow. */
  synchronized void cancel() {
    cancelled = true;
    if (session != null) {
      session.cancel();
    }
  }

  @Override
  public synchronized void close() {
    cancelled = true;
    if (session != null) {
      session.close();
    }
  }
}
