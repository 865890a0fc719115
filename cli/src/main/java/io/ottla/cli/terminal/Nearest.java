package io.ottla.cli.terminal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What the user may have meant by a word that nobody knows. */
public final class Nearest {
  private Nearest() {}

  /** The known word closest to {@code word}, unless even that one differs in most letters. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(candidate -> distance(word, candidate) <= tolerance(word, candidate));
  }

  /** "; did you mean 'x'?", or nothing. */
  public static String suggestion(String word, Collection<String> known) {
    return to(word, known).map(nearest -> "; did you mean '" + nearest + "'?").orElse("");
  }

  private static int tolerance(String word, String candidate) {
    return Math.max(1, Math.min(word.length(), candidate.length()) / 2);
  }

  /** Letters to insert, delete or replace, where a beginning that was cut short costs one. */
  private static int distance(String word, String candidate) {
    if (word.length() >= 2 && candidate.startsWith(word)) {
      return 1;
    }
    int[] row = new int[candidate.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (word.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[candidate.length()];
  }
}
