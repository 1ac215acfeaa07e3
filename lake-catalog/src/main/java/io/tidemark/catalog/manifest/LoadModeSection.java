package io.tidemark.catalog.manifest;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the mode of a load, with its cursor and key. */
final class LoadModeSection {

  private LoadModeSection() {}

  static @Nullable LoadMode read(Section load) {
    String mode = load.read("mode", "full", LoadModeSection::parse);
    if (mode == null) {
      return null;
    }
    if (mode.equals("full")) {
      refuse(load, mode, "cursor", "key");
      return new LoadMode.Full();
    }
    Cursor cursor = cursor(load);
    if (mode.equals("upsert")) {
      List<String> key = load.list("key", text -> text);
      return cursor == null ? null : new LoadMode.Upsert(cursor, key);
    }
    refuse(load, mode, "key");
    if (cursor instanceof Cursor.Transaction) {
      load.complain(
          "cursor", "the cursor of mode append is a column: { column: <column>, lag: 10m }");
      return null;
    }
    return cursor == null ? null : new LoadMode.Append((Cursor.Column) cursor);
  }

  private static String parse(String mode) {
    if (!List.of("full", "append", "upsert").contains(mode)) {
      throw new IllegalArgumentException(
          "unknown mode '%s': expected full, append or upsert".formatted(mode));
    }
    return mode;
  }

  private static void refuse(Section load, String mode, String... keys) {
    Stream.of(keys)
        .filter(load::has)
        .forEach(key -> load.complain(key, "mode %s takes no %s".formatted(mode, key)));
  }

  private static @Nullable Cursor cursor(Section load) {
    if (load.peek("cursor").isPresent()) {
      return load.read("cursor", LoadModeSection::parseCursor);
    }
    Section cursor = load.section("cursor");
    if (cursor == null) {
      return null;
    }
    cursor.allow("column", "lag");
    String column = cursor.text("column");
    Cursor.Lag lag = cursor.read("lag", Cursor.Lag::parse);
    return column == null || lag == null ? null : new Cursor.Column(column, lag);
  }

  private static Cursor parseCursor(String text) {
    if (!text.equals("transaction")) {
      throw new IllegalArgumentException(
          "expected transaction, or { column: %s, lag: 10m }".formatted(text));
    }
    return new Cursor.Transaction();
  }
}
