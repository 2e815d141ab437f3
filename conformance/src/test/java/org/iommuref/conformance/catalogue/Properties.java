package org.iommuref.conformance.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.iommuref.spec.spi.ModelLibrary;
import org.iommuref.tla.Model;
import org.iommuref.tla.ModelConfig;

/** The invariants and properties that the configs of a model check. */
final class Properties {

  private static final Set<String> SECTIONS =
      Set.of("INVARIANT", "INVARIANTS", "PROPERTY", "PROPERTIES");

  private Properties() {}

  /**
   * {@code Model!Operator} for each, without those that say of no implementation that it is right:
   * what shapes states have, and what is there to be violated by a correct model.
   */
  static List<String> of(Model model) {
    SortedSet<String> properties = new TreeSet<>();
    for (ModelConfig config : model.configs()) {
      if (config.fault().isPresent() || config.violated().isEmpty()) {
        properties.addAll(in(read(model, config)));
      }
    }
    properties.remove("TypeOK");
    return properties.stream().map(property -> model.name() + "!" + property).toList();
  }

  /** The names below a section of invariants or properties, up to the next keyword. */
  static List<String> in(String config) {
    List<String> names = new ArrayList<>();
    boolean wanted = false;
    for (String line : config.lines().map(line -> line.replaceFirst("\\\\\\*.*", "")).toList()) {
      for (String word : Arrays.stream(line.split("[\\s,]+")).filter(w -> !w.isEmpty()).toList()) {
        boolean keyword = word.matches("[A-Z_]{4,}");
        wanted = keyword ? SECTIONS.contains(word) : wanted;
        if (wanted && !keyword) {
          names.add(word);
        }
      }
    }
    return names;
  }

  private static String read(Model model, ModelConfig config) {
    String file = model.name() + "/" + config.name() + ".cfg";
    return ServiceLoader.load(ModelLibrary.class).stream()
        .flatMap(library -> open(library.get(), file).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no library brings " + file));
  }

  private static Optional<String> open(ModelLibrary library, String file) {
    try (InputStream in = library.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // another library brings the model
    }
  }
}
