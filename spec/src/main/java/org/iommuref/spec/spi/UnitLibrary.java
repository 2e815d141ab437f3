package org.iommuref.spec.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** Brings the units of one library; found by ServiceLoader. */
public interface UnitLibrary {

  /** The units, each a target of seam 1; their names are unique over all libraries. */
  List<UnitProvider> units();

  /**
   * A unit that is to behave as another reports: what the other may be held to where nobody has
   * written it down.
   *
   * @param architecture of the other
   * @param registers 8 bytes of the other at an offset, after power-on
   * @param hostAddressBits the width of host physical addresses of the other
   * @return empty if there is no such unit here
   */
  default Optional<UnitProvider> like(
      String architecture, IntToLongFunction registers, int hostAddressBits) {
    return Optional.empty();
  }
}
