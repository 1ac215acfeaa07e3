package io.tidemark.catalog.manifest;

import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.ledger.WindowsLedger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a table of the lake may be called. Its parts become names of namespaces, folders and
 * objects, and stand in lines that people read.
 */
public final class TableName {

  private static final Pattern DOTTED = Pattern.compile("[^.]+(\\.[^.]+)+", Pattern.DOTALL);

  /** They end or change the path of an object, or a line. */
  private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\?#*\\p{Cc}\\u2028\\u2029]");

  private static final List<String> SIDES = List.of("__late", "__dead");
  private static final List<String> LEDGERS = List.of(WindowsLedger.NAME, RunHistory.NAME);

  private TableName() {}

  /** Returns what is wrong with a dotted name, for people; empty where nothing is. */
  public static Optional<String> complaint(String name) {
    if (!DOTTED.matcher(name).matches()
        || Arrays.stream(name.split("\\.")).anyMatch(String::isBlank)) {
      return Optional.of("expected <namespace>.<table>");
    }
    if (FORBIDDEN.matcher(name).find()) {
      return Optional.of("it has one of / \\ ? # * or a control character");
    }
    if (SIDES.stream().anyMatch(name::endsWith)) {
      return Optional.of("__late and __dead are the side tables'");
    }
    return LEDGERS.stream().anyMatch(ledger -> name.endsWith("." + ledger))
        ? Optional.of("that is what runs and windows are recorded in")
        : Optional.empty();
  }

  /** Returns a name as it may stand in a line. */
  public static String legible(String name) {
    return name.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
