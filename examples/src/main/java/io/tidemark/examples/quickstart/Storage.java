package io.tidemark.examples.quickstart;

/** Where the quickstart's table lives. */
enum Storage {
  /** An S3 server, with a REST catalog over PostgreSQL. */
  S3,

  /** A directory, with a SQLite catalog in it. */
  LOCAL
}
