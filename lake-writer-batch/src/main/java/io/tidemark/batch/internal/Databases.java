package io.tidemark.batch.internal;

import io.tidemark.batch.internal.jdbc.JdbcSession;
import io.tidemark.batch.internal.postgres.PostgresSession;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.manifest.Source;
import java.time.ZoneId;

/**
 * Connects to databases. All methods throw {@link io.tidemark.catalog.InvalidRequestException} if
 * the database refuses the credentials and {@link io.tidemark.catalog.UnavailableException} if it
 * cannot be reached.
 */
public final class Databases {

  private Databases() {}

  /** Connects to read whole tables. */
  public static SourceSession openForLoad(Source.Database source) {
    if (source instanceof Source.Postgres postgres) {
      return PostgresSession.open(postgres);
    }
    return openJdbc(source);
  }

  /**
   * Connects to read what a query brings.
   *
   * @param zone the zone of the session of PostgreSQL; all others have UTC
   */
  public static SourceSession openForSeal(Source.Database source, ZoneId zone) {
    if (source instanceof Source.Postgres postgres) {
      return PostgresSession.open(postgres, zone);
    }
    return openJdbc(source);
  }

  private static SourceSession openJdbc(Source.Database source) {
    return source instanceof Source.MariaDb mariaDb
        ? JdbcSession.open(mariaDb)
        : JdbcSession.open((Source.Jdbc) source);
  }
}
