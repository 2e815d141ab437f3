package org.iommuref.spec.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a race, as {@code R121}: {@code conformance/scenarios/RACES.yaml} says what it is.
 *
 * @param number from 1 on
 */
public record RaceId(int number) implements Comparable<RaceId> {

  private static final Pattern FORM = Pattern.compile("R[0-9]{2,3}");

  /**
   * Reads an id from its written form.
   *
   * @throws IllegalArgumentException if the text is not {@code RNN} or {@code RNNN}
   */
  public static RaceId parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not the id of a race (as R121)");
    }
    return new RaceId(Integer.parseInt(text.substring(1)));
  }

  static List<RaceId> all(String... ids) {
    List<RaceId> races = new ArrayList<>();
    for (String id : ids) {
      races.add(parse(id));
    }
    return List.copyOf(races);
  }

  @Override
  public int compareTo(RaceId other) {
    return Integer.compare(number, other.number);
  }

  /** The written form, {@code R121}. */
  @Override
  public String toString() {
    return String.format("R%02d", number);
  }
}
