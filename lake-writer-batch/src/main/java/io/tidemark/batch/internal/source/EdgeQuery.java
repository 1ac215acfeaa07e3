package io.tidemark.batch.internal.source;

import java.io.Serializable;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with {@code :lo} and {@code :hi} in it, which stand for the edges of what it is to bring.
 *
 * @param text the query as written
 * @param lo the first moment inside
 * @param hi the first moment behind
 * @param zoned whether the database is to take edges as moments, or as local times in UTC
 */
public record EdgeQuery(String text, Instant lo, Instant hi, boolean zoned)
    implements Serializable {

  /** What may hold a colon that means none of ours; the last does. */
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          [eE]'(?:[^'\\\\]++|\\\\.|'')*+'|'[^']*+'|"[^"]*+"|`[^`]*`|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\\n]*|/\\*.*?\\*/|::|(?<edge>:(?:lo|hi)\\b)""",
          Pattern.DOTALL);

  private static final Pattern END = Pattern.compile("[;\\s]+\\z");

  /**
   * Returns the query with its edges in it.
   *
   * @param literal writes a moment as a value of the database's SQL
   */
  public String sql(Function<Instant, String> literal) {
    StringBuilder sql = new StringBuilder();
    Matcher token = TOKEN.matcher(END.matcher(text).replaceFirst(""));
    while (token.find()) {
      String found = token.group();
      if (token.group("edge") != null) {
        found = literal.apply(found.equals(":lo") ? lo : hi);
      }
      token.appendReplacement(sql, Matcher.quoteReplacement(found));
    }
    token.appendTail(sql);
    return sql.toString();
  }
}
