package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.Steps;

/**
 * What the driver of one unit stands on.
 *
 * @param index of the unit
 * @param registers of the unit
 * @param invalidations of the unit
 * @param tables the tables in memory
 * @param memory in which they are
 * @param steps the path to all of these
 */
public record UnitParts(
    int index,
    UnitRegisters registers,
    Invalidations invalidations,
    TableMemory tables,
    Memory memory,
    Steps steps) {

  /** Whether ECAP of the unit reports a feature. */
  boolean has(Field feature) {
    return registers.extendedCapability(feature) != 0;
  }

  /** Whether CAP of the unit reports a feature. */
  boolean can(Field feature) {
    return registers.capability(feature) != 0;
  }

  /** Whether the unit caches what is not present, so that making it present has to be told. */
  boolean cachingMode() {
    return registers.abilities().cachingMode();
  }
}
