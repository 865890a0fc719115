package io.ottla.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known word somebody may have meant. */
final class Spelling {
  private Spelling() {}

  /** The word with the fewest differences, the first among equals; null if none is near. */
  static @Nullable String nearest(String unknown, Collection<String> words) {
    String text = unknown.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    int fewest = 1 + Math.max(2, text.length() / 5);
    String nearest = null;
    for (String word : words) {
      int differences = differences(text, word.replace('_', '.').replace('-', '.'));
      if (differences < fewest) {
        fewest = differences;
        nearest = word;
      }
    }
    return nearest;
  }

  /** How many letters must be put in, left out or exchanged to make one of the other. */
  static int differences(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
