package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.PasidEntry;

/**
 * What caches keep of a PASID entry: the quadwords that hold fields. All others are 0.
 *
 * @param first P, FPD, AW, PGTT, SSADE, SSPTPTR
 * @param second DID, PWSNP, PGSNP
 * @param third SRE, FSPM, WPE, EAFE, FSPTPTR
 */
public record PasidContent(long first, long second, long third) {

  /** Of no entry. */
  static final PasidContent NOTHING = new PasidContent(0, 0, 0);

  /** Of the entry that a walk holds. */
  static PasidContent of(ScalableWalk walk) {
    return new PasidContent(walk.quadword(0), walk.quadword(1), walk.quadword(2));
  }

  /** The tag of the address space in the caches. */
  public int domainId() {
    return (int) PasidEntry.DID.get(second);
  }

  /** PGTT. */
  public int type() {
    return (int) PasidEntry.PGTT.get(first);
  }

  /** Whether its tables include a first stage. */
  public boolean hasFirstStage() {
    return type() == PasidEntry.PGTT_FIRST_STAGE || type() == PasidEntry.PGTT_NESTED;
  }
}
