package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.TableMemory;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.Steps;

/**
 * What the driver of one unit stands on.
 *
 * @param index of the unit
 * @param registers of the unit
 * @param queue of the unit
 * @param tables the tables in memory
 * @param memory in which they are
 * @param steps the path to all of these
 */
public record UnitParts(
    int index,
    UnitRegisters registers,
    InvalidationQueue queue,
    TableMemory tables,
    Memory memory,
    Steps steps) {

  /** Whether the unit caches what is not present, so that making it present has to be told. */
  boolean cachingMode() {
    return registers.abilities().cachingMode();
  }
}
