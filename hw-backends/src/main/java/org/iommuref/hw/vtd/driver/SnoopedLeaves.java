package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.EntryKind;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;

/**
 * A second-stage format whose leaves are snooped from some time on: that is before anything is
 * mapped. Source: drivers/iommu/generic_pt/fmt/vtdss.h PT_FEAT_VTDSS_FORCE_COHERENCE.
 */
final class SnoopedLeaves implements TableFormat {

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
  public int levels() {
    return format.levels();
  }

  @Override
  public int shift(int level) {
    return format.shift(level);
  }

  @Override
  public int indexBits(int level) {
    return format.indexBits(level);
  }

  @Override
  public long pageSizes() {
    return format.pageSizes();
  }

  @Override
  public int inputBits() {
    return format.inputBits();
  }

  @Override
  public int outputBits() {
    return format.outputBits();
  }

  @Override
  public EntryKind kind(long entry, int level) {
    return format.kind(entry, level);
  }

  @Override
  public long address(long entry, int level) {
    return format.address(entry, level);
  }

  @Override
  public long link(long table, int level) {
    return format.link(table, level);
  }

  @Override
  public long dirty() {
    return format.dirty();
  }
}
