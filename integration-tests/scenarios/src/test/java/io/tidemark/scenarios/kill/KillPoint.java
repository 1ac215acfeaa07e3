package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.Fault;
import java.util.function.Predicate;

/** Where a job is killed. */
enum KillPoint {
  BEFORE_FILES(key -> key.contains("/clicks/data/")),
  AFTER_FILES(key -> key.contains("__late/metadata/") && key.endsWith("-m0.avro")),
  BETWEEN_LATE_AND_MAIN(key -> key.contains("/clicks/metadata/") && key.endsWith("-m0.avro")),
  AFTER_COMMIT_BEFORE_ANSWER(null);

  private final Predicate<String> key;

  KillPoint(Predicate<String> key) {
    this.key = key;
  }

  /** Kills once, when the point is reached. */
  void arm(Site site, Runnable kill) {
    if (key != null) {
      site.s3().beforePut(key, kill);
    } else {
      site.proxy()
          .fail(
              Fault.dropAnswer().runAfter(kill),
              request ->
                  request.isPost("/tables/clicks")
                      && request.body().contains("tidemark.watermark"));
    }
  }
}
