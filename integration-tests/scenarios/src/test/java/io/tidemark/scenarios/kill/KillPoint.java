package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.Fault;

/** A moment in a stream's publish, seen from outside: what strikes there strikes exactly there. */
enum KillPoint {
  BEFORE_FILES {
    @Override
    void arm(Site site, Runnable strike) {
      site.beforePut("clicks/data/", ".parquet", strike);
    }
  },

  AFTER_FILES {
    @Override
    void arm(Site site, Runnable strike) {
      site.beforePut("clicks__late/metadata/", "-m0.avro", strike);
    }
  },

  BETWEEN_LATE_AND_MAIN {
    @Override
    void arm(Site site, Runnable strike) {
      site.beforePut("clicks/metadata/", "-m0.avro", strike);
    }
  },

  AFTER_COMMIT_BEFORE_ANSWER {
    @Override
    void arm(Site site, Runnable strike) {
      site.onCommit(Fault.dropAnswer().runAfter(strike));
    }
  };

  /** Strikes once, when the point is reached; the publish waits meanwhile. */
  abstract void arm(Site site, Runnable strike);
}
