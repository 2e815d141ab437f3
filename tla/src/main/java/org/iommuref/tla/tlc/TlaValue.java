package org.iommuref.tla.tlc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A value as TLC prints it in a state. {@code toString} gives it back on one line. */
public sealed interface TlaValue {

  /**
   * Reads a value from TLC's output.
   *
   * @throws TlaException if the text is not one value
   */
  static TlaValue parse(String text) {
    return new TlaValueParser(text).whole();
  }

  /**
   * A number, a truth value, a string with its quotes, or a model value.
   *
   * @param text as TLC prints it
   */
  record Atom(String text) implements TlaValue {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A sequence, which is also a function on 1 to its length. */
  record Tuple(List<TlaValue> items) implements TlaValue {
    /** Copies the list. */
    public Tuple {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.isEmpty() ? "<<>>" : joined("<<", items, ">>");
    }
  }

  /** A set, in the order in which TLC prints it. */
  record Members(List<TlaValue> members) implements TlaValue {
    /** Copies the list. */
    public Members {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return joined("{", members, "}");
    }
  }

  /** A record; its fields in the order of their names. */
  record Fields(SortedMap<String, TlaValue> fields) implements TlaValue {
    /** Copies the map. */
    public Fields {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public String toString() {
      return fields.entrySet().stream()
          .map(field -> field.getKey() + " |-> " + field.getValue())
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A function, in the order in which TLC prints it. */
  record Mapping(Map<TlaValue, TlaValue> images) implements TlaValue {
    /** Copies the map and keeps its order. */
    public Mapping {
      images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    }

    @Override
    public String toString() {
      return images.entrySet().stream()
          .map(image -> image.getKey() + " :> " + image.getValue())
          .collect(Collectors.joining(" @@ ", "(", ")"));
    }
  }

  private static String joined(String open, List<TlaValue> values, String close) {
    return values.stream().map(TlaValue::toString).collect(Collectors.joining(", ", open, close));
  }
}
