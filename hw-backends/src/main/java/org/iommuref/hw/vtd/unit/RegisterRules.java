package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/** What an access of software to a register changes. Manual 11.2 and 11.3. */
public interface RegisterRules {

  /** What a read yields of a quadword, by the offset of its first byte: what it holds. */
  default long read(int offset, long value) {
    return value;
  }

  /** The quadword after a write, by the offset of its first byte. */
  @Clause("VTD-040")
  default long written(int offset, long before, long bits, long writable, long clearable) {
    return ((before & ~writable) | (bits & writable)) & ~(bits & clearable);
  }

  /** The bits of a quadword that an access of 4 or 8 bytes covers. */
  @Clause("VTD-041")
  default long covered(int offset, int width) {
    return width == 8 ? -1L : 0xffff_ffffL << (8 * (offset & 4));
  }
}
