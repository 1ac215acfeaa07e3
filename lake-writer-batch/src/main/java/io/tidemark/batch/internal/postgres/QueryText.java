package io.tidemark.batch.internal.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with {@code :lo} and {@code :hi} in it, as JDBC takes it.
 *
 * @param sql the query with a typed parameter for each
 * @param parameters their names in the order of the parameters, {@code lo} or {@code hi}
 */
record QueryText(String sql, List<String> parameters) {

  /** What may hold a colon or a question mark that means none of ours; the last two do. */
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          [eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\\n]*|/\\*.*?\\*/|::|(?<param>:(?:lo|hi)\\b)|(?<mark>\\?)""",
          Pattern.DOTALL);

  private static final Pattern END = Pattern.compile("[;\\s]+\\z");

  QueryText {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a query.
   *
   * @param type the type that the edges are bound as
   */
  static QueryText parse(String query, String type) {
    List<String> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    Matcher token = TOKEN.matcher(END.matcher(query).replaceFirst(""));
    while (token.find()) {
      String text = token.group();
      if (token.group("param") != null) {
        parameters.add(text.substring(1));
        text = "CAST(? AS " + type + ")";
      } else if (token.group("mark") != null) {
        text = "??";
      }
      token.appendReplacement(sql, Matcher.quoteReplacement(text));
    }
    token.appendTail(sql);
    return new QueryText(sql.toString(), parameters);
  }
}
