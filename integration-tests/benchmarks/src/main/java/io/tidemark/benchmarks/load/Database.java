package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.MariaDbDatabase;
import io.tidemark.benchmarks.source.PostgresDatabase;
import io.tidemark.benchmarks.source.SourceDatabase;
import java.nio.file.Path;

/** Where rows are loaded from. */
enum Database {
  POSTGRESQL {
    @Override
    SourceDatabase start(Path directory) throws Exception {
      return PostgresDatabase.start(directory);
    }
  },
  /** Physical limits are not known of it. */
  MARIADB {
    @Override
    SourceDatabase start(Path directory) throws Exception {
      return MariaDbDatabase.start(directory);
    }
  };

  abstract SourceDatabase start(Path directory) throws Exception;
}
