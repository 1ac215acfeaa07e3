package io.tidemark.catalog.manifest;

import java.util.Collection;
import java.util.Comparator;

/** What somebody who mistyped a word may have meant. */
final class Suggestion {

  private Suggestion() {}

  /** Returns {@code " (did you mean 'x'?)"}, or an empty text where no known word is near. */
  static String of(String word, Collection<String> known) {
    int tolerated = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= tolerated)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .map(" (did you mean '%s'?)"::formatted)
        .orElse("");
  }

  /** The edits between two words; letters swapped with their neighbours count as one. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : edit(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int edit(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
  }
}
