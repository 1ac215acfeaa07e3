package io.tidemark.batch.internal.load;

import org.apache.flink.api.connector.source.SourceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A reader tells the enumerator that it has closed the connection of a split.
 *
 * @param table the table
 * @param attempt the attempt the split belongs to
 * @param connected whether the split had a connection
 * @param failure why the split was not read, or null
 */
record SplitEnd(int table, int attempt, boolean connected, @Nullable Failure failure)
    implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
