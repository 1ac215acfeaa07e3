package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a seal is planned against, made by {@link io.tidemark.catalog.UnifiedTable#planSeal} and
 * {@link io.tidemark.catalog.UnifiedTable#planReseal} before the source is read.
 *
 * @param runId the caller's id of the run; the same id again is a no-op
 * @param windows the windows, ascending and adjacent
 * @param versions the version each window had when the seal was planned, 0 for an open one
 * @param alreadySealed whether this run has sealed these windows before: there is nothing to do
 * @param lateThrough the quarantine's snapshot when the seal was planned, up to which it supersedes
 *     late rows: what comes later the source may not have had; null where there was none
 */
public record SealPlan(
    String runId,
    List<Window> windows,
    List<Integer> versions,
    boolean alreadySealed,
    @Nullable Long lateThrough)
    implements Serializable {

  public SealPlan {
    windows = List.copyOf(windows);
    versions = List.copyOf(versions);
    if (windows.isEmpty() || windows.size() != versions.size()) {
      throw new IllegalArgumentException("A seal needs windows, and a version for each");
    }
    for (int i = 1; i < windows.size(); i++) {
      if (!windows.get(i).lo().equals(windows.get(i - 1).hi())) {
        throw new IllegalArgumentException("The windows of a seal are not adjacent: " + windows);
      }
    }
  }
}
