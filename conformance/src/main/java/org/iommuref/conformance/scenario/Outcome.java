package org.iommuref.conformance.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one schedule came to: the results that the scenario names.
 *
 * @param results by name, in the order of the file
 */
public record Outcome(Map<String, String> results) {

  /** Copies the map. */
  public Outcome {
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  /** {@code r=old, page=new}. */
  @Override
  public String toString() {
    return results.entrySet().stream()
        .map(result -> result.getKey() + "=" + result.getValue())
        .collect(Collectors.joining(", "));
  }
}
