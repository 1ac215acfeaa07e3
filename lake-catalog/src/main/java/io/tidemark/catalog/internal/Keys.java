package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Load;

/** The names of our table properties and snapshot summary entries, see FORMAT.md. */
public final class Keys {

  /** The version of the format. */
  public static final String FORMAT = "tidemark.format";

  /** Features that a writer must know, separated by commas. */
  public static final String REQUIRES = "tidemark.requires";

  /** The contract. */
  public static final String CONTRACT = "tidemark.contract";

  /** The closed set; in the summary of a seal and a repair, the closed set after it. */
  public static final String CLOSED = "tidemark.closed";

  /** The boundary, for people. */
  public static final String SEALED_THROUGH = "tidemark.sealed-through";

  /** What wants a seal or reseal. */
  public static final String ATTENTION = "tidemark.attention";

  /** The newest commit that followed the protocol. */
  public static final String ANCHOR = "tidemark.anchor";

  /** The commit id of the last repair that opened windows again. */
  public static final String REOPENED = "tidemark.reopened";

  /** Before a stream's id: its token. */
  public static final String STREAM_PREFIX = "tidemark.stream.";

  /** How far the loads of a plain table have come that go on from each other. */
  public static final String LOAD = "tidemark.load";

  /** Summary: the id shared by all attempts of a commit. */
  public static final String COMMIT_ID = "tidemark.commit-id";

  /** Summary: the commit ids that a publish accepts as the stream's token. */
  public static final String PARENTS = "tidemark.parents";

  /** Summary: who committed, see {@link Writer}. */
  public static final String WRITER = "tidemark.writer";

  /** Summary: the stream's id. */
  public static final String STREAM_ID = "tidemark.stream-id";

  /**
   * Summary: the property that this commit replaced, the token of its stream or the closed set, as
   * it was before; absent where there was none. A repair walks back over undone commits by it.
   */
  public static final String REPLACED = "tidemark.replaced";

  /** Summary: the run id of a seal or a load. */
  public static final String RUN_ID = "tidemark.run-id";

  /** Summary: the windows touched, as ranges. */
  public static final String WINDOWS = "tidemark.windows";

  /** Summary: the stream's watermark. */
  public static final String WATERMARK = "tidemark.watermark";

  /** Summary: the stream's source positions, where they fit. */
  public static final String POSITIONS = "tidemark.positions";

  /** Summary: rows that went to the quarantine before this commit. */
  public static final String LATE_ROWS = "tidemark.late-rows";

  /** Summary: rows that the late policy dropped. */
  public static final String DROPPED_ROWS = "tidemark.dropped-rows";

  /** Summary: late rows that need nothing, as the cut of their window's seal covers them. */
  public static final String COVERED_ROWS = "tidemark.covered-rows";

  /** Summary: events kept in the dead-letter table before this commit. */
  public static final String DEAD_LETTERS = "tidemark.dead-letters";

  /**
   * Summary of a side table: a sequence number that main had before; the publish that put the rows
   * aside, or the take-over, has a higher one, if it landed.
   */
  public static final String AFTER = "tidemark.after";

  /** Summary: events left out because their window closed meanwhile. */
  public static final String LEFT_OUT = "tidemark.left-out";

  /** Summary: the source position that a seal covers, or that loads have come to. */
  public static final String CUT = "tidemark.cut";

  /** Summary: what a load does with the rows there are, see {@link Load.Mode}. */
  public static final String MODE = "tidemark.mode";

  /** Summary: where the rows of a load come from, for people. */
  public static final String SOURCE = "tidemark.source";

  /** Summary: when a load began, before it read anything, in ISO 8601. */
  public static final String BEGUN = "tidemark.begun";

  /** Summary: the rows that a seal or an upsert took out. */
  public static final String ROWS_BEFORE = "tidemark.rows-before";

  /** Summary: the rows that a seal or a load brought. */
  public static final String ROWS_AFTER = "tidemark.rows-after";

  /** Summary: the quarantine's snapshot up to which a seal supersedes late rows. */
  public static final String LATE_THROUGH = "tidemark.late-through";

  private Keys() {}
}
