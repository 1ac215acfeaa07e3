package io.tidemark.catalog.simulation;

import io.tidemark.catalog.commit.CommitUnresolvedException;
import io.tidemark.catalog.commit.ForeignWriteException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamFencedException;
import java.util.ArrayList;
import java.util.List;

/** Keeps a stream running to the end of its source, whatever becomes of its runs. */
final class StreamJob implements Runnable {

  private static final int ADVANCES_OF_A_DOUBLE = 3;

  private final World world;
  private final Source source;
  private final List<Checkpoint> checkpoints = new ArrayList<>();

  StreamJob(World world, Source source) {
    this.world = world;
    this.source = source;
  }

  @Override
  public void run() {
    Start start = Start.FIRST;
    while (start != Start.NONE) {
      start = attempt(start);
    }
  }

  private enum Start {
    FIRST,
    RESTORE,
    REWOUND,
    TAKE_OVER,
    NONE
  }

  private Start attempt(Start start) {
    world.schedule().note("starts " + source.streamId() + ": " + start);
    try {
      run(start(start));
      return Start.NONE;
    } catch (StreamFencedException e) {
      world.schedule().note("is fenced");
      return Start.TAKE_OVER;
    } catch (HistoryRewrittenException | ForeignWriteException e) {
      world.schedule().note(e.getMessage());
      return repair();
    } catch (CommitUnresolvedException e) {
      world.schedule().note("gives up a commit");
      return again();
    } catch (Crash e) {
      world.schedule().self().restart();
      world.schedule().note("crashed");
      return again();
    }
  }

  private Start repair() {
    try {
      world.inFlight("repair of " + source.streamId(), () -> world.load().repair());
    } catch (Crash | CommitUnresolvedException e) {
      world.schedule().self().restart();
      world.schedule().note("did not repair");
    } catch (HistoryRewrittenException e) {
      world.schedule().note("is rolled back with its repair");
    }
    return again();
  }

  private Start again() {
    return switch (world.schedule().random().nextInt(5)) {
      case 0 -> Start.TAKE_OVER;
      case 1 -> checkpoints.size() > 1 ? Start.REWOUND : Start.TAKE_OVER;
      default -> checkpoints.isEmpty() ? Start.TAKE_OVER : Start.RESTORE;
    };
  }

  private StreamRun start(Start start) {
    int last = checkpoints.size() - 1;
    return switch (start) {
      case RESTORE -> StreamRun.restore(world, source, checkpoints.get(last));
      case REWOUND -> StreamRun.restore(world, source, checkpoints.get(last - 1));
      case TAKE_OVER -> StreamRun.takeOver(world, source);
      default -> StreamRun.first(world, source);
    };
  }

  private void run(StreamRun run) {
    while (!run.atEnd()) {
      try {
        run.advance();
      } finally {
        remember(run);
      }
      if (world.schedule().chance(world.profile().doubles())) {
        doubled(run);
      }
    }
  }

  private void remember(StreamRun run) {
    checkpoints.clear();
    checkpoints.addAll(run.checkpoints());
  }

  /** Leaves a zombie behind, or starts a fork beside itself. */
  private void doubled(StreamRun run) {
    if (world.schedule().chance(0.5)) {
      world.schedule().actor("zombie of " + source.streamId(), () -> quietly(() -> runDouble(run)));
      throw new CommitUnresolvedException("A run is taken for dead", new Crash());
    }
    Checkpoint savepoint = checkpoints.get(checkpoints.size() - 1);
    world
        .schedule()
        .actor(
            "fork of " + source.streamId(),
            () -> quietly(() -> runDouble(StreamRun.restore(world, source, savepoint))));
  }

  private void quietly(Runnable run) {
    try {
      run.run();
    } catch (RefusedException | HistoryRewrittenException | CommitUnresolvedException e) {
      world.schedule().note(e.getMessage());
    }
  }

  private void runDouble(StreamRun run) {
    for (int i = 0; i < ADVANCES_OF_A_DOUBLE && !run.atEnd(); i++) {
      run.advance();
    }
  }
}
