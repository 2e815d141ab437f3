package org.iommuref.tla.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place of the state that a step changed.
 *
 * @param place a variable with the argument or field inside it, as {@code iotlb[1].page}
 * @param before the value there; empty if the place was not there
 * @param after the value there now
 */
public record StateChange(String place, Optional<TlaValue> before, TlaValue after) {

  /**
   * What differs between two values, as deep inside as both have the same shape. A field that is
   * gone is not a change; the one that tells why is.
   */
  static List<StateChange> between(String place, TlaValue before, TlaValue after) {
    List<StateChange> changes = new ArrayList<>();
    collect(place, before, after, changes);
    return List.copyOf(changes);
  }

  private static void collect(
      String place, TlaValue before, TlaValue after, List<StateChange> changes) {
    if (before.equals(after)) {
      return;
    }
    if (before instanceof TlaValue.Fields old && after instanceof TlaValue.Fields now) {
      for (Map.Entry<String, TlaValue> field : now.fields().entrySet()) {
        String inside = place + "." + field.getKey();
        collectIn(inside, old.fields().get(field.getKey()), field.getValue(), changes);
      }
    } else if (before instanceof TlaValue.Mapping old
        && after instanceof TlaValue.Mapping now
        && old.images().keySet().equals(now.images().keySet())) {
      for (Map.Entry<TlaValue, TlaValue> image : now.images().entrySet()) {
        String inside = place + "[" + image.getKey() + "]";
        collectIn(inside, old.images().get(image.getKey()), image.getValue(), changes);
      }
    } else if (before instanceof TlaValue.Tuple old
        && after instanceof TlaValue.Tuple now
        && old.items().size() == now.items().size()
        && (isVariable(place) || old.items().stream().noneMatch(TlaValue.Atom.class::isInstance))) {
      for (int i = 0; i < now.items().size(); i++) {
        collect(place + "[" + (i + 1) + "]", old.items().get(i), now.items().get(i), changes);
      }
    } else {
      changes.add(new StateChange(place, Optional.of(before), after));
    }
  }

  private static void collectIn(
      String place, @Nullable TlaValue before, TlaValue after, List<StateChange> changes) {
    if (before == null) {
      changes.add(new StateChange(place, Optional.empty(), after));
    } else {
      collect(place, before, after, changes);
    }
  }

  // A function on 1..n is printed as a sequence. As a whole variable it is read by its arguments;
  // deeper inside, a sequence of atoms is a pair or a triple, which is read as one.
  private static boolean isVariable(String place) {
    return place.indexOf('[') < 0 && place.indexOf('.') < 0;
  }

  /** {@code iotlb[1].page: NoPage -> p2}. */
  @Override
  public String toString() {
    return place + ": " + before.map(value -> value + " -> ").orElse("") + after;
  }
}
