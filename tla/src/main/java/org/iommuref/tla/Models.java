package org.iommuref.tla;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.spi.ModelLibrary;
import org.iommuref.tla.tlc.ScratchFolder;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.TlaException.Kind;

/** All models of the libraries on the class path. Immutable. */
public final class Models {

  private static final String MANIFEST = "manifest.json";

  private final Map<String, Model> byName;
  private final Map<String, ModelLibrary> libraries;

  private Models(Map<String, Model> byName, Map<String, ModelLibrary> libraries) {
    this.byName = Collections.unmodifiableMap(byName);
    this.libraries = libraries;
  }

  /**
   * The models of every {@link ModelLibrary} that ServiceLoader finds.
   *
   * @throws TlaException if a manifest cannot be read, or two libraries bring a model of one name
   */
  public static Models load() {
    List<ModelLibrary> libraries = new ArrayList<>();
    ServiceLoader.load(ModelLibrary.class).forEach(libraries::add);
    return of(libraries);
  }

  /**
   * The models of the given libraries.
   *
   * @throws TlaException as {@link #load} does
   */
  public static Models of(List<ModelLibrary> libraries) {
    Map<String, Model> byName = new LinkedHashMap<>();
    Map<String, ModelLibrary> origin = new LinkedHashMap<>();
    for (ModelLibrary library : libraries) {
      String from = MANIFEST + " of " + library.name();
      for (Model model : Manifest.parse(from, text(library, MANIFEST)).models()) {
        if (byName.putIfAbsent(model.name(), model) != null) {
          throw new TlaException(from + ": there is another model " + model.name());
        }
        origin.put(model.name(), library);
      }
    }
    return new Models(byName, origin);
  }

  /** Every model, in the order of libraries and manifests. */
  public List<Model> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The model of that name.
   *
   * @throws TlaException if there is none; the message lists those that there are
   */
  public Model named(String name) {
    Model model = byName.get(name);
    if (model == null) {
      String known = String.join(", ", byName.keySet());
      throw new TlaException(Kind.UNKNOWN, "unknown model '" + name + "'; there is " + known);
    }
    return model;
  }

  /**
   * The clauses that the model's operators cite, in the order of clause ids.
   *
   * @throws TlaException if a module cannot be read or a citation is malformed
   */
  public List<Citation> citations(Model model) {
    ModelLibrary library = libraryOf(model);
    return model.modules().stream()
        .flatMap(
            module ->
                TlaCitations.in(module, text(library, pathOf(model, module + ".tla"))).stream())
        .sorted()
        .toList();
  }

  /** What the model's README says of it; empty if its library brings none. */
  public Optional<String> readme(Model model) {
    try (InputStream in = libraryOf(model).open(pathOf(model, "README.md"))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the model's modules and configs into the folder, where TLC reads them.
   *
   * @throws TlaException if a file cannot be read or written
   */
  public void unpack(Model model, Path folder) {
    List<String> files = new ArrayList<>();
    model.modules().forEach(module -> files.add(module + ".tla"));
    model.configs().forEach(config -> files.add(config.name() + ".cfg"));
    model.traceModule().ifPresent(module -> files.add(module + ".cfg"));
    for (String file : files) {
      String text = text(libraryOf(model), pathOf(model, file));
      try {
        Files.writeString(folder.resolve(file), text);
      } catch (IOException e) {
        throw new TlaException(
            "cannot write " + folder.resolve(file) + ": " + ScratchFolder.reason(e), e);
      }
    }
  }

  private ModelLibrary libraryOf(Model model) {
    ModelLibrary library = libraries.get(model.name());
    if (library == null) {
      throw new TlaException("no library brings model " + model.name());
    }
    return library;
  }

  private static String pathOf(Model model, String file) {
    return model.name() + "/" + file;
  }

  private static String text(ModelLibrary library, String path) {
    try (InputStream in = library.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TlaException(
          "cannot read " + path + " of " + library.name() + ": " + ScratchFolder.reason(e), e);
    }
  }
}
