package org.iommuref.hw.radix;

import java.util.function.Predicate;
import org.iommuref.spec.errno.Errno;

/**
 * A condition under which a map is refused before any entry is read.
 *
 * @param name of the condition, unique in its list
 * @param clause that states it, or empty where none does
 * @param refuses whether a map is refused
 * @param errno what it fails with
 */
public record MapCheck(String name, String clause, Predicate<MapCall> refuses, Errno errno) {

  /** The same condition with another errno. */
  public MapCheck failingWith(Errno other) {
    return new MapCheck(name, clause, refuses, other);
  }
}
