package org.iommuref.conformance.spelling;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How names differ; capital letters and small ones are the same. */
public final class Spelling {

  private static final int SHARE = 3;

  private Spelling() {}

  /** How many letters have to be changed, added or left out to make one of the other. */
  public static int distance(String a, String b) {
    String left = a.toUpperCase(Locale.ROOT);
    String right = b.toUpperCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }

  /**
   * The names that are most like what was said, the most likely first: those of which at most a
   * third has to be changed, or that contain it.
   */
  public static List<String> nearest(String said, Collection<String> names, int most) {
    return names.stream()
        .distinct()
        .filter(name -> isLike(said, name))
        .sorted(
            Comparator.comparingInt((String name) -> distance(said, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .toList();
  }

  private static boolean isLike(String said, String name) {
    boolean inside =
        said.length() >= SHARE
            && name.toUpperCase(Locale.ROOT).contains(said.toUpperCase(Locale.ROOT));
    return inside || distance(said, name) * SHARE <= Math.max(said.length(), name.length());
  }
}
