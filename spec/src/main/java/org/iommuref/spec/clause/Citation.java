package org.iommuref.spec.clause;

import java.util.Comparator;

/**
 * One place that names a clause.
 *
 * <p>Citations order by clause, module, element, then kind.
 *
 * @param clause the clause that is named
 * @param module the module that the place belongs to, as {@code hw-backends}
 * @param kind what the place is: {@code type}, {@code method}, {@code field} or {@code constructor}
 *     of Java, or a word of another language, as {@code operator}
 * @param element its qualified name, as {@code
 *     org.iommuref.model.Core#attach(org.iommuref.spec.Domain)}
 */
public record Citation(ClauseId clause, String module, String kind, String element)
    implements Comparable<Citation> {

  private static final Comparator<Citation> ORDER =
      Comparator.comparing(Citation::clause)
          .thenComparing(Citation::module)
          .thenComparing(Citation::element)
          .thenComparing(Citation::kind);

  /**
   * Refuses what could not be written on one line.
   *
   * @throws IllegalArgumentException if a text is empty or contains a tab or a line break
   */
  public Citation {
    requirePlain(module);
    requirePlain(kind);
    requirePlain(element);
  }

  private static void requirePlain(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("'" + text + "' cannot stand in a line of citations");
    }
  }

  @Override
  public int compareTo(Citation other) {
    return ORDER.compare(this, other);
  }
}
