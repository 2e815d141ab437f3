package org.iommuref.model.schedule;

import java.util.Arrays;

/**
 * What was picked at each point of a run that had more than one alternative.
 *
 * <p>Written as the indices in order, separated by commas, a row of equal ones as {@code
 * index:count}, the zeros at the end left out: {@code 0:12,1,0:3,2}. The schedule that picks 0
 * everywhere, which is what {@link Sequential} does, is {@code 0}.
 */
public final class Schedule {

  private static final int MOST_PICKS = 10_000_000;

  private final int[] picks;

  private Schedule(int[] picks) {
    this.picks = picks;
  }

  /** The first {@code count} of {@code picks}; after them 0. */
  public static Schedule of(int[] picks, int count) {
    int end = count;
    while (end > 0 && picks[end - 1] == 0) {
      end--;
    }
    return new Schedule(Arrays.copyOf(picks, end));
  }

  /**
   * The schedule written as {@code text}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Schedule parse(String text) {
    int[] picks = new int[16];
    int count = 0;
    for (String row : text.split(",", -1)) {
      int colon = row.indexOf(':');
      int pick = number(colon < 0 ? row : row.substring(0, colon), text);
      int times = colon < 0 ? 1 : number(row.substring(colon + 1), text);
      if (times > MOST_PICKS - count) {
        throw malformed(text, "it is longer than " + MOST_PICKS);
      }
      if (count + times > picks.length) {
        picks = Arrays.copyOf(picks, Math.max(count + times, 2 * picks.length));
      }
      Arrays.fill(picks, count, count + times, pick);
      count += times;
    }
    return of(picks, count);
  }

  /** The alternative picked at point {@code index}, from 0. */
  public int pick(int index) {
    return index < picks.length ? picks[index] : 0;
  }

  /** How many points there are up to the last that does not pick 0. */
  public int length() {
    return picks.length;
  }

  private static int number(String digits, String text) {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed(text, "\"" + digits + "\" is not a number");
    }
    throw malformed(text, "\"" + digits + "\" is negative");
  }

  private static IllegalArgumentException malformed(String text, String why) {
    return new IllegalArgumentException("not a schedule: \"" + text + "\": " + why);
  }

  @Override
  public String toString() {
    if (picks.length == 0) {
      return "0";
    }
    var text = new StringBuilder();
    int from = 0;
    while (from < picks.length) {
      int to = from + 1;
      while (to < picks.length && picks[to] == picks[from]) {
        to++;
      }
      text.append(from == 0 ? "" : ",").append(picks[from]);
      if (to - from > 1) {
        text.append(':').append(to - from);
      }
      from = to;
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule that && Arrays.equals(picks, that.picks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(picks);
  }
}
