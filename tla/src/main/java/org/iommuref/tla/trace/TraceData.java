package org.iommuref.tla.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The module {@code TraceData}: {@code Events}, each different event once, and {@code Traces}, each
 * a sequence of positions in {@code Events}. Written this way it is parsed several times faster
 * than with every event in full.
 */
final class TraceData {

  private TraceData() {}

  static String module(List<Trace> traces) {
    Map<TraceEvent, Integer> positions = new LinkedHashMap<>();
    String sequences =
        traces.stream()
            .map(trace -> sequence(trace, positions))
            .collect(Collectors.joining(",\n", "<<\n", "\n>>"));
    String events =
        positions.keySet().stream()
            .map(TraceData::record)
            .collect(Collectors.joining(",\n", "<<\n", "\n>>"));
    return """
        ---- MODULE TraceData ----
        Events == %s
        Traces == %s
        ====
        """
        .formatted(events, sequences);
  }

  private static String sequence(Trace trace, Map<TraceEvent, Integer> positions) {
    return trace.events().stream()
        .map(event -> positions.computeIfAbsent(event, e -> positions.size() + 1).toString())
        .collect(Collectors.joining(",", "<<", ">>"));
  }

  private static String record(TraceEvent event) {
    return event.fields().entrySet().stream()
        .map(field -> ", " + field.getKey() + " |-> " + value(field.getValue()))
        .collect(Collectors.joining("", "[name |-> \"" + event.name() + "\"", "]"));
  }

  // TLC's numbers have 32 bits; a larger one stands as a string, which serves as a name as well.
  private static String value(Object value) {
    if (value instanceof Set<?> set) {
      return set.stream().map(TraceData::value).collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Boolean truth) {
      return truth ? "TRUE" : "FALSE";
    }
    if (value instanceof Number number && number.longValue() == number.intValue()) {
      return number.toString();
    }
    return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
