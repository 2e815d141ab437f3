package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.AlteredFormat;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;

/**
 * A second-stage format whose leaves are snooped from some time on: that is before anything is
 * mapped. Source: drivers/iommu/generic_pt/fmt/vtdss.h PT_FEAT_VTDSS_FORCE_COHERENCE.
 */
final class SnoopedLeaves implements AlteredFormat {

  private final TableFormat format;
  private boolean snooped;

  SnoopedLeaves(TableFormat format) {
    this.format = format;
  }

  /** Leaves to come have SNP. */
  void begin() {
    snooped = true;
  }

  @Override
  @Clause("DOM-011")
  public long leaf(long page, Prot prot, int level) {
    long leaf = format.leaf(page, prot, level);
    return snooped ? leaf | SecondStageEntry.SNP.mask() : leaf;
  }

  @Override
  public TableFormat original() {
    return format;
  }
}
