package io.tidemark.batch.internal.load;

import org.apache.flink.api.connector.source.SourceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A reader tells the enumerator that it is done with a split.
 *
 * @param table the table
 * @param attempt the attempt the split belongs to
 * @param closed whether a connection was closed, as the next split does not need it
 * @param failure why the split was not read, or null
 */
record SplitEnd(int table, int attempt, boolean closed, @Nullable Failure failure)
    implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
