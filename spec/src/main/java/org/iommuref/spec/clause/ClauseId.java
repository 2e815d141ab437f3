package org.iommuref.spec.clause;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permanent name of a clause: its area and a number, written {@code INV-001}.
 *
 * <p>An id is never given to another clause. Ids order by area, then by number; the order of
 * numbers has no meaning of its own.
 *
 * @param area two to eight capital letters or digits, the first a letter
 * @param number 1 to 999
 */
public record ClauseId(String area, int number) implements Comparable<ClauseId> {

  private static final Pattern AREA = Pattern.compile("[A-Z][A-Z0-9]{1,7}");
  private static final Pattern ID = Pattern.compile("(" + AREA + ")-([0-9]{3})");
  private static final Comparator<ClauseId> BY_AREA_THEN_NUMBER =
      Comparator.comparing(ClauseId::area).thenComparingInt(ClauseId::number);

  /**
   * Checks the form of both parts.
   *
   * @throws IllegalArgumentException if the area or the number has not the form of an id
   */
  public ClauseId {
    if (!AREA.matcher(area).matches() || number < 1 || number > 999) {
      throw new IllegalArgumentException(notAnId(area + "-" + number));
    }
  }

  /**
   * Reads an id from its written form.
   *
   * @throws IllegalArgumentException if the text is not {@code AREA-NNN}; its message is one line
   *     that quotes the text
   */
  public static ClauseId parse(String text) {
    Matcher matcher = ID.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(notAnId(text));
    }
    return new ClauseId(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  private static String notAnId(String text) {
    return "'" + text + "' is not a clause id (AREA-NNN, as INV-001)";
  }

  @Override
  public int compareTo(ClauseId other) {
    return BY_AREA_THEN_NUMBER.compare(this, other);
  }

  /** The written form, {@code INV-001}. */
  @Override
  public String toString() {
    return String.format("%s-%03d", area, number);
  }
}
