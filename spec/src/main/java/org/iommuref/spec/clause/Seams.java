package org.iommuref.spec.clause;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The field {@code seams} of an area or a clause. */
final class Seams {

  private static final String FIELD = "seams";
  private static final List<String> ALL = List.of("1", "2", "3");

  private Seams() {}

  /**
   * The seams that an entry names, at least one.
   *
   * @throws CatalogueException if it names none, or one that there is not
   */
  static Set<Integer> of(Entry entry) {
    Set<Integer> seams = new TreeSet<>();
    for (String seam : entry.texts(FIELD)) {
      if (!ALL.contains(seam)) {
        throw new CatalogueException(
            entry.positionOf(FIELD), "there is no seam " + seam + ", but " + ALL);
      }
      seams.add(Integer.valueOf(seam));
    }
    if (seams.isEmpty()) {
      throw new CatalogueException(entry.positionOf(FIELD), "at least one seam is wanted");
    }
    return seams;
  }
}
