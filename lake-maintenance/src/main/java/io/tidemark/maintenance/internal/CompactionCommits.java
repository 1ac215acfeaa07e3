package io.tidemark.maintenance.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.window.Window;
import io.tidemark.maintenance.TaskReport.Skipped;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.relocated.com.google.common.collect.Lists;
import org.apache.iceberg.relocated.com.google.common.math.IntMath;

/**
 * Lands rewritten groups in a few stamped commits. Where a guard refuses one, its windows are tried
 * one by one, and those refused again are skipped and their new files deleted: a refusal says that
 * nothing was committed. On any other failure files stay where they are.
 */
final class CompactionCommits {

  private final UnifiedTable table;
  private final long readAt;
  private final List<Landing> landed = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  CompactionCommits(UnifiedTable table, long readAt) {
    this.table = table;
    this.readAt = readAt;
  }

  /** Returns the groups that were committed. */
  List<Landing> landed() {
    return landed;
  }

  /** Returns the windows that were refused. */
  List<Skipped> skipped() {
    return skipped;
  }

  void commit(List<Landing> landings, int maxCommits) {
    List<List<Landing>> windows = List.copyOf(byWindow(landings));
    if (windows.isEmpty()) {
      return;
    }
    int perCommit = IntMath.divide(windows.size(), maxCommits, RoundingMode.CEILING);
    Lists.partition(windows, perCommit).forEach(this::commitWindows);
  }

  private static Collection<List<Landing>> byWindow(List<Landing> landings) {
    Map<Window, List<Landing>> windows =
        landings.stream()
            .collect(
                Collectors.groupingBy(
                    landing -> landing.group().window(), TreeMap::new, Collectors.toList()));
    return windows.values();
  }

  private void commitWindows(List<List<Landing>> windows) {
    List<Landing> all = windows.stream().flatMap(List::stream).toList();
    try {
      table.rewrite(rewrite(all));
      landed.addAll(all);
    } catch (RefusedException e) {
      if (windows.size() > 1) {
        windows.forEach(window -> commitWindows(List.of(window)));
      } else {
        deleteAdded(all);
        skipped.add(new Skipped(all.get(0).group().window().toString(), e.getMessage()));
      }
    }
  }

  private Rewrite rewrite(List<Landing> landings) {
    Map<Window, Integer> versions = new TreeMap<>();
    landings.forEach(l -> versions.put(l.group().window(), l.group().version()));
    return new Rewrite(
        UUID.randomUUID().toString(),
        List.copyOf(versions.keySet()),
        List.copyOf(versions.values()),
        readAt,
        landings.stream().flatMap(l -> l.group().files().stream()).collect(Collectors.toSet()),
        landings.stream().flatMap(l -> l.rewritten().added().stream()).collect(Collectors.toSet()));
  }

  /** Deletes files that were certainly not committed. */
  void deleteAdded(List<Landing> landings) {
    List<String> paths =
        landings.stream()
            .flatMap(l -> l.rewritten().added().stream())
            .map(DataFile::location)
            .toList();
    CatalogUtil.deleteFiles(table.table().io(), paths, "refused rewrite");
  }
}
