package org.iommuref.spec.clause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All citations of the modules on a class path.
 *
 * <p>The build of each module writes one resource, {@code
 * META-INF/iommuref/citations-<module>.txt}: UTF-8, sorted lines {@code
 * CLAUSE-ID<TAB>kind<TAB>element}. {@link CitationProcessor} writes it for Java; whoever scans
 * another language writes the same with {@link #lines}. Immutable.
 */
public final class Citations {

  private final SortedSet<Citation> all;

  private Citations(SortedSet<Citation> all) {
    this.all = Collections.unmodifiableSortedSet(all);
  }

  /**
   * Reads the citations of the named modules; where a module has several resources, for its classes
   * and for its tests, all of them.
   *
   * @throws CatalogueException if a module has none on the class path, or a line has not the form
   *     of a citation
   */
  public static Citations load(ClassLoader classPath, Collection<String> modules) {
    SortedSet<Citation> all = new TreeSet<>();
    for (String module : modules) {
      List<URL> resources = resourcesOf(classPath, module);
      if (resources.isEmpty()) {
        throw new CatalogueException(resource(module), "not on the class path");
      }
      resources.forEach(url -> all.addAll(parse(module, textOf(url))));
    }
    return new Citations(all);
  }

  /** The name of the resource that holds the citations of a module. */
  public static String resource(String module) {
    return "META-INF/iommuref/citations-" + module + ".txt";
  }

  /** The content of a module's resource: one line for each citation, sorted, each once. */
  public static String lines(Collection<Citation> citations) {
    StringBuilder lines = new StringBuilder();
    for (Citation citation : new TreeSet<>(citations)) {
      lines.append(citation.clause()).append('\t').append(citation.kind()).append('\t');
      lines.append(citation.element()).append('\n');
    }
    return lines.toString();
  }

  /** Every citation, in order. */
  public List<Citation> all() {
    return List.copyOf(all);
  }

  /** The citations of one clause, in order. */
  public List<Citation> of(ClauseId clause) {
    return all.stream().filter(citation -> citation.clause().equals(clause)).toList();
  }

  static List<Citation> parse(String module, String text) {
    List<String> lines = text.lines().toList();
    SortedSet<Citation> citations = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", -1);
      try {
        if (parts.length != 3) {
          throw new IllegalArgumentException("a line wants clause, kind and element");
        }
        citations.add(new Citation(ClauseId.parse(parts[0]), module, parts[1], parts[2]));
      } catch (IllegalArgumentException e) {
        throw new CatalogueException(
            new Position(resource(module), i + 1), String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(citations);
  }

  private static List<URL> resourcesOf(ClassLoader classPath, String module) {
    try {
      return Collections.list(classPath.getResources(resource(module)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String textOf(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
