package org.iommuref.tla;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.iommuref.spec.spi.ModelLibrary;

/** A library with one model, a counter that goes up to a limit, and what a test adds to it. */
final class TinyModels implements ModelLibrary {

  static final String COUNTER =
      """
      ---- MODULE Counter ----
      EXTENDS Naturals
      CONSTANT Limit
      VARIABLE n
      Init == n = 0
      Up == n < Limit /\\ n' = n + 1
      Again == n = Limit /\\ n' = 0
      Next == Up \\/ Again
      Spec == Init /\\ [][Next]_n
      \\* @clause INV-001
      Small == n < 3
      ====
      """;

  private static final String TWO = "CONSTANT Limit = 2\nSPECIFICATION Spec\nINVARIANT Small\n";
  private static final String FIVE = "CONSTANT Limit = 5\nSPECIFICATION Spec\nINVARIANT Small\n";

  private final Map<String, String> files = new TreeMap<>();

  TinyModels() {
    files.put("manifest.json", manifest("ok", "\"distinctStates\": 3, \"depth\": 3"));
    files.put("Counter/Counter.tla", COUNTER);
    files.put("Counter/MCCounter.cfg", TWO);
    files.put("Counter/MCCounter_TooFar.cfg", FIVE);
  }

  static String manifest(String expected, String counts) {
    return """
        {"models": [{"name": "Counter", "title": "Counts", "modules": ["Counter"],
          "lanes": [{"title": "counter", "actions": ["Up", "Again"]}],
          "configs": [
            {"config": "MCCounter", "module": "Counter", "title": "Up to two",
             "expected": "%s", "tier": "quick", %s},
            {"config": "MCCounter_TooFar", "module": "Counter", "title": "Up to five",
             "fault": "TooFar", "expected": "invariant", "violated": "Small", "tier": "full"}]}]}
        """
        .formatted(expected, counts);
  }

  TinyModels with(String path, String text) {
    files.put(path, text);
    return this;
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public InputStream open(String path) throws IOException {
    if (!files.containsKey(path)) {
      throw new FileNotFoundException("no such file");
    }
    String text = Objects.requireNonNull(files.get(path));
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
