package io.tidemark.catalog.simulation;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitUnresolvedException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A batch job that seals windows, in order or out of it, and reseals some. */
final class SealJob implements Runnable {

  private static final int KEYS = 8;
  private static final Set<Allow> CAREFUL = Set.of(Allow.SHRINK, Allow.EMPTY_WINDOW);

  private final World world;
  private final String name;
  private final int runs;

  SealJob(World world, String name, int runs) {
    this.world = world;
    this.name = name;
    this.runs = runs;
  }

  @Override
  public void run() {
    for (int i = 0; i < runs; i++) {
      String runId = name + "-run-" + i;
      boolean settled = attempt(runId, null);
      while (!settled && world.schedule().chance(0.7)) {
        settled = attempt(runId, planned);
      }
    }
  }

  private Window planned;

  /** Tries a run. Tells whether it came to an end, good or bad. */
  private boolean attempt(String runId, Window range) {
    try {
      UnifiedTable table = world.load();
      planned = range == null ? choose(table.state().closed()) : range;
      seal(table, runId, planned);
      return true;
    } catch (HistoryRewrittenException e) {
      world.schedule().note(e.getMessage());
      return !world.schedule().chance(0.5) || !repaired();
    } catch (RefusedException e) {
      world.schedule().note(e.getMessage());
      checkRefused(runId, planned, e);
      return true;
    } catch (CommitUnresolvedException e) {
      world.schedule().note("gives up " + runId);
      return false;
    } catch (Crash e) {
      world.schedule().self().restart();
      world.schedule().note("crashed");
      return false;
    }
  }

  private boolean repaired() {
    try {
      world.inFlight("repair by " + name, () -> world.load().repair());
    } catch (HistoryRewrittenException e) {
      world.schedule().note("is rolled back with its repair");
    }
    return true;
  }

  private Window choose(ClosedSet closed) {
    List<Window> windows = world.windows();
    List<Window> open = windows.stream().filter(w -> !closed.isClosed(w)).toList();
    boolean reseals = world.schedule().chance(world.profile().reseal());
    List<Window> from =
        open.isEmpty() || (reseals && open.size() < windows.size())
            ? windows.stream().filter(closed::isClosed).toList()
            : open;
    int first =
        reseals || world.schedule().chance(world.profile().outOfOrder())
            ? world.schedule().random().nextInt(from.size())
            : 0;
    Window lo = from.get(first);
    boolean joins =
        first + 1 < from.size()
            && from.get(first + 1).lo().equals(lo.hi())
            && world.schedule().chance(0.3);
    return joins ? new Window(lo.lo(), from.get(first + 1).hi()) : lo;
  }

  private void seal(UnifiedTable table, String runId, Window range) {
    Set<Allow> allowed = EnumSet.copyOf(CAREFUL);
    if (world.schedule().chance(0.5)) {
      allowed.add(Allow.AHEAD_OF_WATERMARK);
    }
    boolean reseals = table.state().closed().isClosed(range);
    SealPlan plan =
        reseals ? table.planReseal(runId, range) : table.planSeal(runId, range, allowed);
    if (plan.alreadySealed()) {
      world.schedule().note(runId + " has nothing to do");
      return;
    }
    Map<Window, List<Row>> figures = new TreeMap<>();
    plan.windows().forEach(window -> figures.put(window, figures(window)));
    List<Row> rows = figures.values().stream().flatMap(List::stream).toList();
    Seal seal = new Seal(plan, world.pool().write(table.table(), rows), null, allowed);
    Map<Window, List<String>> names = new TreeMap<>();
    figures.forEach((window, of) -> names.put(window, of.stream().map(Row::name).toList()));
    world.ledger().add(plan, names);
    world.inFlight(runId, () -> table.seal(seal));
  }

  /** The batch's rows of a window, now and then none. */
  private List<Row> figures(Window window) {
    List<Row> rows = new ArrayList<>();
    int count = world.schedule().random().nextInt(4);
    long grain = world.profile().grain();
    long periods = (window.hiMicros() - window.loMicros()) / grain;
    for (int i = 0; i < count; i++) {
      long period = i == 0 ? 0 : world.schedule().random().nextInt((int) periods);
      long key = world.schedule().random().nextInt(KEYS);
      rows.add(
          new Row(world.ledger().newId("figure"), window, window.loMicros() + period * grain, key));
    }
    return rows;
  }

  /** A run whose seal is on main is told so, not refused. */
  private void checkRefused(String runId, Window range, RefusedException e) {
    boolean sealed =
        world.profile().rollbacks() == 0
            && world.windows().stream()
                .filter(range::contains)
                .map(world.oracle().truth().closed()::get)
                .allMatch(s -> s != null && s.runId().equals(runId));
    if (sealed) {
      throw new AssertionError(
          "It is sealed by %s, and yet: %s".formatted(runId, e.getMessage()), e);
    }
  }
}
