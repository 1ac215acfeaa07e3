package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * One commit of a stream.
 *
 * @param streamId the configured id of the stream, never a job id
 * @param commitId the random id of this publish, shared by all attempts
 * @param parents the commit ids that the table's token for this stream may hold; for the first
 *     publish of all what {@link TableState#beginning} tells. One id in the ordinary case; after a
 *     restore of a {@code cells} stream the recovered id and its parent
 * @param cells what is new in the open windows; none for a commit that only moves the watermark
 * @param reimage whether {@code cells} are the complete content of all open windows that are not
 *     frozen, which are then replaced whole, as after a restore in the {@code cells} layout
 * @param frozenBefore the edge before which open windows are frozen and left alone, or null
 * @param late rows for the quarantine
 * @param deadLetters rows for the dead-letter table
 * @param watermark the stream's watermark, or null before the first event
 * @param positions the source positions this publish is complete to, by partition, e.g. {@code
 *     ad-events-0 -> 1234}; kept in the token where they fit into 4 KB
 */
public record Publish(
    String streamId,
    String commitId,
    Set<String> parents,
    List<OpenFiles> cells,
    boolean reimage,
    @Nullable Instant frozenBefore,
    SideRows late,
    SideRows deadLetters,
    @Nullable Instant watermark,
    Map<String, String> positions)
    implements Serializable {

  public Publish {
    parents = Set.copyOf(parents);
    cells = List.copyOf(cells);
    positions = Map.copyOf(positions);
  }

  /**
   * Rows that go to a table beside the main one, before the main commit.
   *
   * @param files the data files, written for the side table
   * @param rows how many rows they hold
   * @param dropped how many more rows the policy dropped
   * @param covered how many more rows were late and need nothing, as the seal's cut covers them
   */
  public record SideRows(List<DataFile> files, long rows, long dropped, long covered)
      implements Serializable {

    /** No rows. */
    public static final SideRows NONE = new SideRows(List.of(), 0, 0, 0);

    public SideRows {
      files = List.copyOf(files);
    }
  }
}
