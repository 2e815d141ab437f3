package org.iommuref.conformance.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.spec.clause.Catalogue;

/**
 * The scenarios that come with this module, and those in files of one's own.
 *
 * <p>{@code scenarios/INDEX} lists the names, one a line.
 */
public final class ScenarioLibrary {

  static final String FOLDER = "scenarios/";
  private static final String RESOURCES = "/org/iommuref/conformance/scenarios/";
  private static final String INDEX = "INDEX";
  private static final String SUFFIX = ".yaml";

  private final Catalogue catalogue;

  /** The scenarios, held to that catalogue. */
  public ScenarioLibrary(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The names of the scenarios of this module, in order. */
  public List<String> names() {
    return resource(INDEX).lines().filter(line -> !line.isBlank()).sorted().toList();
  }

  /**
   * Every scenario of this module, in order of name.
   *
   * @throws ScenarioException if one of them is wrong
   */
  public List<ScenarioFile> all() {
    return names().stream().map(this::bundled).toList();
  }

  /**
   * The scenario of that name, or in the file of that path if it ends in {@code .yaml}.
   *
   * @throws ScenarioException if there is none, it cannot be read, or it is wrong
   */
  public ScenarioFile named(String nameOrPath) {
    if (nameOrPath.endsWith(SUFFIX)) {
      return inFile(Path.of(nameOrPath));
    }
    if (!names().contains(nameOrPath)) {
      throw new ScenarioException(
          "unknown scenario '"
              + nameOrPath
              + "'; there is "
              + String.join(", ", names())
              + ", or a file that ends in "
              + SUFFIX);
    }
    return bundled(nameOrPath);
  }

  private ScenarioFile bundled(String name) {
    String file = name + SUFFIX;
    return ScenarioReader.read(catalogue, FOLDER + file, name, resource(file));
  }

  private ScenarioFile inFile(Path path) {
    String file = String.valueOf(path.getFileName());
    String name = file.substring(0, file.length() - SUFFIX.length());
    try {
      return ScenarioReader.read(catalogue, path.toString(), name, Files.readString(path));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
      throw new ScenarioException("cannot read " + path + ": " + why, e);
    }
  }

  /** The text of a file of the folder. */
  static String resource(String file) {
    try (InputStream in = ScenarioLibrary.class.getResourceAsStream(RESOURCES + file)) {
      if (in == null) {
        throw new ScenarioException(FOLDER + file + ": no such file");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
