package io.tidemark.batch.internal.postgres;

/** Writes names so that PostgreSQL takes them for names, whatever they contain. */
final class Identifiers {

  private Identifiers() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(String schema, String name) {
    return quoted(schema) + "." + quoted(name);
  }
}
