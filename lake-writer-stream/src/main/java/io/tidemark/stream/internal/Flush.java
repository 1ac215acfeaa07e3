package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.OpenFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one task hands over right before a barrier.
 *
 * @param cells the files written since the barrier before
 * @param dropped the late rows dropped since
 * @param covered the late rows since that a seal has seen
 * @param positions the source positions reached, of the partitions that were read since
 * @param frozenBefore the edge behind which the task holds no images any more, or null
 */
record Flush(
    List<OpenFiles> cells,
    long dropped,
    long covered,
    Map<String, Long> positions,
    @Nullable Instant frozenBefore)
    implements Piece {

  Flush {
    cells = List.copyOf(cells);
    positions = Map.copyOf(positions);
  }

  static Flush ofCells(List<OpenFiles> cells, @Nullable Instant frozenBefore) {
    return new Flush(cells, 0, 0, Map.of(), frozenBefore);
  }

  static Flush ofUnkept(long dropped, long covered) {
    return new Flush(List.of(), dropped, covered, Map.of(), null);
  }

  static Flush ofPositions(Map<String, Long> positions) {
    return new Flush(List.of(), 0, 0, positions, null);
  }
}
