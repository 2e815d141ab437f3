package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the order in which a unit looks at them; the first that holds gives the reason.
 *
 * @param subject what is checked
 * @param inOrder the conditions
 */
public record Checks(String subject, List<Check> inOrder) {

  /** Copies the list. */
  public Checks {
    inOrder = List.copyOf(inOrder);
  }

  static Checks of(String subject, Check... inOrder) {
    return new Checks(subject, List.of(inOrder));
  }

  /** The reason for which the request is refused, or null if every check passes. */
  @Nullable FaultReason refusal(DmaRequest request, long low, long high, VtdConfiguration unit) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.get(i).test().refuses(request, low, high, unit)) {
        return inOrder.get(i).reason();
      }
    }
    return null;
  }

  /** The list without one of its conditions. */
  public Checks without(int index) {
    List<Check> rest = new ArrayList<>(inOrder);
    rest.remove(index);
    return new Checks(subject, rest);
  }

  /** The list with another condition in place of one. */
  public Checks with(int index, Check other) {
    List<Check> all = new ArrayList<>(inOrder);
    all.set(index, other);
    return new Checks(subject, all);
  }

  /** The list with a condition in front. */
  public Checks startingWith(Check first) {
    List<Check> all = new ArrayList<>(inOrder);
    all.add(0, first);
    return new Checks(subject, all);
  }

  /** The list with a condition and the next one exchanged. */
  public Checks swapped(int index) {
    List<Check> all = new ArrayList<>(inOrder);
    Collections.swap(all, index, index + 1);
    return new Checks(subject, all);
  }
}
