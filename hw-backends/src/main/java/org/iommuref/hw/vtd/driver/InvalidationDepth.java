package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * What an invalidation of a device-TLB tells the unit of the device's queue: MIP, how much it
 * takes, and, for units that can throttle (DIT), PFSID, the physical function whose queue it is;
 * every device here is one itself. Where DIT is clear, PFSID is reserved. Manual 6.5.2.5 and
 * 6.5.2.6; source: drivers/iommu/intel/iommu.c intel_iommu_probe_device.
 *
 * @param device the device
 * @param depth how many invalidations it takes at once
 * @param throttled whether the unit has DIT
 */
record InvalidationDepth(Rid device, int depth, boolean throttled) {

  /** From here on MIP is 0, which stands for as many. */
  private static final int MOST = 32;

  private static final int LOW_BITS = 4;

  /** A descriptor of type 3, with what belongs to the queue. */
  @Clause("ATS-011")
  Atom in(Atom descriptor) {
    return with(descriptor, InvalidationDescriptor.MIP);
  }

  /** A descriptor of type 8, with what belongs to the queue. */
  @Clause("ATS-011")
  Atom ofPasid(Atom descriptor) {
    return with(descriptor, PasidDescriptor.MIP);
  }

  private Atom with(Atom descriptor, Field most) {
    int function = throttled ? device.value() : 0;
    long low = most.put(descriptor.low(), depth < MOST ? depth : 0);
    low = InvalidationDescriptor.PFSID_LOW.put(low, function & ((1 << LOW_BITS) - 1));
    low = InvalidationDescriptor.PFSID_HIGH.put(low, function >>> LOW_BITS);
    return new Atom(low, descriptor.high());
  }
}
