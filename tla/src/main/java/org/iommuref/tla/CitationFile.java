package org.iommuref.tla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.Citations;
import org.iommuref.tla.tlc.TlaException;

/**
 * Writes {@code META-INF/iommuref/citations-tla.txt} while the module is built, and fails on a
 * clause that the catalogue does not know.
 */
final class CitationFile {

  private CitationFile() {}

  /**
   * Scans the bundled models.
   *
   * @param arguments the folder of classes
   */
  public static void main(String[] arguments) throws IOException {
    Models models = Models.of(List.of(new BundledModels()));
    Path file = Path.of(arguments[0]).resolve(Citations.resource("tla"));
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, lines(models, Catalogue.load()));
  }

  static String lines(Models models, Catalogue catalogue) {
    List<Citation> citations =
        models.all().stream().flatMap(model -> models.citations(model).stream()).toList();
    for (Citation citation : citations) {
      try {
        catalogue.cited(citation.clause().toString());
      } catch (IllegalArgumentException e) {
        throw new TlaException(citation.element() + ": " + e.getMessage(), e);
      }
    }
    return Citations.lines(citations);
  }
}
