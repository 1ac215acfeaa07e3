package io.tidemark.stream.job;

import java.util.Locale;

/** Gives a select without a {@code FROM} the table it reads. */
final class SelectText {

  private final String select;
  private int depth;
  private int where = -1;

  private SelectText(String select) {
    this.select = select;
  }

  /** Returns the select with {@code FROM <table>} before its {@code WHERE}, or at its end. */
  static String from(String select, String table) {
    String text = select.strip();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    SelectText scan = new SelectText(text);
    scan.findWhere();
    int end = scan.where < 0 ? text.length() : scan.where;
    return "%s FROM `%s` %s"
        .formatted(text.substring(0, end).strip(), table, text.substring(end))
        .strip();
  }

  private void findWhere() {
    int i = 0;
    while (i < select.length() && where < 0) {
      char c = select.charAt(i);
      if (c == '\'' || c == '`' || c == '"') {
        i = behindQuote(i, c);
      } else if (Character.isLetter(c) || c == '_') {
        i = behindWord(i);
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        i++;
      }
    }
  }

  private int behindQuote(int start, char quote) {
    int end = select.indexOf(quote, start + 1);
    return end < 0 ? select.length() : end + 1;
  }

  private int behindWord(int start) {
    int end = start;
    while (end < select.length() && Character.isJavaIdentifierPart(select.charAt(end))) {
      end++;
    }
    if (depth == 0 && select.substring(start, end).toUpperCase(Locale.ROOT).equals("WHERE")) {
      where = start;
    }
    return end;
  }
}
