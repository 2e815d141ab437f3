package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/** What an access of software to a register changes. Manual 11.2 and 11.3. */
public interface RegisterRules {

  /** The quadword after a write. */
  @Clause("VTD-040")
  default long written(long before, long bits, long writable, long clearable) {
    return ((before & ~writable) | (bits & writable)) & ~(bits & clearable);
  }

  /** The bits of a quadword that an access of 4 or 8 bytes covers. */
  @Clause("VTD-041")
  default long covered(int offset, int width) {
    return width == 8 ? -1L : 0xffff_ffffL << (8 * (offset & 4));
  }
}
