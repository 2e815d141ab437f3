package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.program.SystemCall;

/**
 * Calls that belong together: a structure is put into memory, passed to an ioctl, and read back.
 *
 * @param name what it does, as {@code IOMMU_IOAS_MAP}
 * @param calls in order
 */
record Step(String name, List<SystemCall> calls) {

  /** Copies the list. */
  Step {
    calls = List.copyOf(calls);
  }
}
