package org.iommuref.spec.iommufd.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The numbers behind the names that a program has learned so far. */
public final class Names {

  private final Map<String, Long> numbers = new HashMap<>();

  /** From now on the name stands for the number. */
  public void learn(String name, long number) {
    numbers.put(name, number);
  }

  /** Learns what a call names, from its answer; a call that failed names nothing. */
  public void learn(ProgramCall call, Answer answer) {
    if (answer.errno() != null) {
      return;
    }
    for (Argument name : call.names()) {
      if (name.field().equals(ProgramCall.RESULT)) {
        learn(name.value(), answer.result());
      } else {
        String value = answer.field(name.field());
        if (value != null) {
          learn(name.value(), number(value));
        }
      }
    }
  }

  /** Whether every name that the call uses is known. */
  public boolean know(ProgramCall call) {
    List<String> all = new ArrayList<>(call.uses());
    call.expect().fields().forEach(field -> all.add(field.value()));
    String result = call.expect().result();
    if (result != null) {
      all.add(result);
    }
    return all.stream().allMatch(text -> find(text).isPresent());
  }

  /**
   * The number that a text stands for: a number, or {@code $} and a name; empty if the name is not
   * known.
   */
  public OptionalLong find(String text) {
    if (!text.startsWith("$")) {
      return OptionalLong.of(number(text));
    }
    Long known = numbers.get(text.substring(1));
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /**
   * The same where the name must be known.
   *
   * @throws IllegalArgumentException if it is not
   */
  public long of(String text) {
    return find(text)
        .orElseThrow(() -> new IllegalArgumentException("nothing is called " + text.substring(1)));
  }

  /** The number of a text that is no name: decimal or hexadecimal, unsigned. */
  public static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }
}
