package org.iommuref.spec.clause;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A subject of the catalogue; its clauses share a file and the first part of their ids.
 *
 * @param name the area's part of an id, as {@code INV}
 * @param title the subject in a few words
 * @param seams the seams, 1 to 3, at which an implementation shows whether it keeps the clauses
 *     that say nothing else
 */
public record Area(String name, String title, Set<Integer> seams) {

  /** Copies the set, in ascending order. */
  public Area {
    seams = Collections.unmodifiableSet(new TreeSet<>(seams));
  }
}
