package org.iommuref.spec.spi;

import java.util.Set;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.unit.BusUnit;

/** Brings one implementation of seam 1, by a {@link UnitLibrary} or by hand. */
public interface UnitProvider {

  /** The name of the target at seam 1, as {@code --target} takes it. */
  String name();

  /** One line that says what it is. */
  String title();

  /** The architecture of the unit, as {@code vtd}; what it can do is read from its registers. */
  String architecture();

  /** The width of host physical addresses, in bits: firmware tells it, no register does. */
  int hostAddressBits();

  /** What it can do that no register tells: it may merge faults. */
  default Set<Capability> told() {
    return Set.of();
  }

  /**
   * A fresh unit in its state after power-on.
   *
   * <p>The suite may tell the memory of the environment to take no atomic access in a part of it: a
   * unit that has to change an entry asks {@link
   * org.iommuref.spec.memory.Memory#takesAtomics(long)}.
   */
  BusUnit open(Environment environment);
}
