package org.iommuref.tla.trace;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a trace: an action of the model with its arguments.
 *
 * @param name the name of the action
 * @param fields its arguments by the names that the trace module expects; each an {@link Integer},
 *     a {@link Long}, a {@link Boolean}, a {@link String} or a {@link Set} of one of these
 */
public record TraceEvent(String name, SortedMap<String, Object> fields) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /**
   * Copies the map and the sets in it.
   *
   * @throws IllegalArgumentException if a name is none of TLA+, a field is called {@code name}, or
   *     a value is of another type
   */
  public TraceEvent {
    SortedMap<String, Object> copy = new TreeMap<>();
    fields.forEach((field, value) -> copy.put(field, copyOf(value)));
    fields = Collections.unmodifiableSortedMap(copy);
    requireName(name);
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      requireName(field.getKey());
      if (field.getKey().equals("name")) {
        throw new IllegalArgumentException("an argument of " + name + " cannot be called 'name'");
      }
      requireValue(name, field);
    }
  }

  /** An event with its arguments. */
  public static TraceEvent of(String name, Map<String, ?> fields) {
    return new TraceEvent(name, new TreeMap<>(fields));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a name of TLA+");
    }
  }

  private static void requireValue(String name, Map.Entry<String, Object> field) {
    Object value = field.getValue();
    boolean known =
        value instanceof Set<?> set ? set.stream().allMatch(TraceEvent::isPlain) : isPlain(value);
    if (!known) {
      throw new IllegalArgumentException(
          field.getKey()
              + " of "
              + name
              + " is neither number, truth value, string nor a set of them: "
              + value);
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof String;
  }

  // The order stays: it is the one in which the set is written.
  private static Object copyOf(Object value) {
    return value instanceof Set<?> set
        ? Collections.unmodifiableSet(new LinkedHashSet<>(set))
        : value;
  }

  /** {@code ClearPte(cpu=1, iova=2)}. */
  @Override
  public String toString() {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
