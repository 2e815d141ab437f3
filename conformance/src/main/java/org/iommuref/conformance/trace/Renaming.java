package org.iommuref.conformance.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.iommuref.tla.trace.Trace;
import org.iommuref.tla.trace.TraceEvent;

/**
 * Traces without the names of addresses and ids: two traces have the same form if a renaming makes
 * them equal.
 *
 * <p>CPUs, requests, IOVAs and pages are numbered in the order in which single events name them;
 * members of a set that no single event names are only counted, so that forms may be equal where
 * traces differ, never the other way round.
 */
final class Renaming {

  private static final String SETS = "iovas";
  private static final String MEMBERS = "iova";

  private final Map<String, Map<Object, Integer>> numbers = new HashMap<>();

  private Renaming() {}

  /** The form of a trace. */
  static String formOf(Trace trace) {
    Renaming renaming = new Renaming();
    trace.events().forEach(renaming::number);
    StringBuilder form = new StringBuilder();
    trace.events().forEach(event -> renaming.write(event, form));
    return form.toString();
  }

  private void number(TraceEvent event) {
    event
        .fields()
        .forEach(
            (field, value) -> {
              if (!(value instanceof Set) && !(value instanceof Boolean)) {
                Map<Object, Integer> known = numbersOf(field);
                known.putIfAbsent(value, known.size());
              }
            });
  }

  private void write(TraceEvent event, StringBuilder form) {
    form.append(event.name());
    event.fields().forEach((field, value) -> form.append(' ').append(word(field, value)));
    form.append('\n');
  }

  private Object word(String field, Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (!(value instanceof Set<?> set)) {
      return numbersOf(field).getOrDefault(value, -1);
    }
    Map<Object, Integer> known = numbersOf(field.equals(SETS) ? MEMBERS : field);
    return set.stream().map(member -> known.getOrDefault(member, -1)).sorted().toList();
  }

  private Map<Object, Integer> numbersOf(String field) {
    return numbers.computeIfAbsent(field, any -> new HashMap<>());
  }
}
