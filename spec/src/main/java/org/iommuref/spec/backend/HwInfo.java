package org.iommuref.spec.backend;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.clause.Capability;

/**
 * What an implementation says of itself before it is judged.
 *
 * @param architecture {@code neutral}, {@code vtd}, {@code amdvi}, {@code smmuv3}, {@code riscv} or
 *     a name of its own
 * @param pageSizes the page sizes that map takes, as a bitmap in bytes (bit 12 set: 4 KiB)
 * @param addressBits a paging domain translates addresses below 2 to this power
 * @param maxPasids PASIDs run from 1 to below this; 0 for none
 * @param unit what the implementation can do
 * @param stimulus what the requester in front of it can raise
 */
public record HwInfo(
    String architecture,
    long pageSizes,
    int addressBits,
    int maxPasids,
    Set<Capability> unit,
    Set<Capability> stimulus) {

  /** Sorts the sets, so that what is printed of them is always the same. */
  public HwInfo {
    unit = Collections.unmodifiableSet(new TreeSet<>(unit));
    stimulus = Collections.unmodifiableSet(new TreeSet<>(stimulus));
  }

  /** The smallest page in bytes. */
  public long smallestPage() {
    return Long.lowestOneBit(pageSizes);
  }

  /** Whether unit or stimulus has the capability. */
  public boolean has(Capability capability) {
    return unit.contains(capability) || stimulus.contains(capability);
  }
}
