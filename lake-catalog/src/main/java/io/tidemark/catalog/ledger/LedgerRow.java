package io.tidemark.catalog.ledger;

import io.tidemark.catalog.window.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger: one measure of one version of one window.
 *
 * @param key what the row is about
 * @param state whether that version is the window's current one
 * @param seal the seal that made the version, or null where its snapshot has expired
 * @param before the total before the seal, or null where it is unknown or no row had a value
 * @param after the total after it, likewise
 * @param drift what the seal changed, or null where that is unknown
 */
record LedgerRow(
    Key key,
    State state,
    @Nullable SealedBy seal,
    @Nullable BigDecimal before,
    @Nullable BigDecimal after,
    @Nullable BigDecimal drift) {

  /** The digits of a total: enough for a sum of any long, and ten behind the point. */
  static final int PRECISION = 38;

  static final int SCALE = 10;

  LedgerRow {
    before = fit(before);
    after = fit(after);
    drift = fit(drift);
  }

  /** What makes a row one of its kind. */
  record Key(Window window, int version, String measure) {}

  /** What is known of a seal from its snapshot. */
  record SealedBy(String runId, long snapshotId, Instant at, @Nullable String cut) {}

  /** What has become of a version of a window. */
  enum State {
    /** The window is closed, in this version. */
    CLOSED,
    /** A later seal corrected it. */
    SUPERSEDED,
    /** The window was opened again by a repair. */
    OPEN;

    static State of(int version, int current) {
      if (version == current) {
        return CLOSED;
      }
      return version < current ? SUPERSEDED : OPEN;
    }
  }

  LedgerRow withState(State now) {
    return new LedgerRow(key, now, seal, before, after, drift);
  }

  /** A total that the column cannot hold is unknown. */
  private static @Nullable BigDecimal fit(@Nullable BigDecimal value) {
    BigDecimal scaled = value == null ? null : value.setScale(SCALE, RoundingMode.HALF_EVEN);
    return scaled == null || scaled.precision() > PRECISION ? null : scaled;
  }
}
