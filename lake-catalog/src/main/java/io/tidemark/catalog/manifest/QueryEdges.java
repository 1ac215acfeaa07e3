package io.tidemark.catalog.manifest;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places in a query's text where {@code :lo} and {@code :hi} stand for the edges of the windows
 * that it reads. What is quoted is left alone, and so are comments and casts.
 */
public final class QueryEdges {

  /** What may hold a colon that means none of ours; the last does. */
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>--[^\\n]*|/\\*.*?\\*/)|[eE]'(?:[^'\\\\]++|\\\\.|'')*+'|'[^']*+'|"[^"]*+"|`[^`]*`|\\$(?<tag>\\w*)\\$.*?\\$\\k<tag>\\$|::|(?<edge>:(?:lo|hi)\\b)""",
          Pattern.DOTALL);

  private QueryEdges() {}

  /** Returns the edges that a query names, {@code lo} or {@code hi} or both. */
  static Set<String> in(String query) {
    Set<String> edges = new HashSet<>();
    bind(
        query,
        edge -> {
          edges.add(edge);
          return edge;
        });
    return edges;
  }

  /**
   * Returns a query with something in the places of its edges, and without semicolons and comments
   * at its end.
   *
   * @param literal what to put for {@code lo} and {@code hi}
   */
  public static String bind(String query, UnaryOperator<String> literal) {
    StringBuilder sql = new StringBuilder();
    int end = 0;
    int position = 0;
    Matcher token = TOKEN.matcher(query);
    while (token.find()) {
      end = append(sql, query.substring(position, token.start()), end);
      position = token.end();
      if (token.group("edge") != null) {
        sql.append(literal.apply(token.group("edge").substring(1)));
      } else {
        sql.append(token.group());
      }
      if (token.group("comment") == null) {
        end = sql.length();
      }
    }
    end = append(sql, query.substring(position), end);
    return sql.substring(0, end);
  }

  /** Returns where the statement ends that was appended to, blanks and semicolons left out. */
  private static int append(StringBuilder sql, String code, int end) {
    int begin = sql.length();
    sql.append(code);
    for (int i = code.length(); i > 0; i--) {
      char last = code.charAt(i - 1);
      if (last != ';' && !Character.isWhitespace(last)) {
        return begin + i;
      }
    }
    return end;
  }
}
