package org.iommuref.model.mock;

import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyEntries;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** What mock page tables record of writes. Linux: amdv1_mock_dirty_ops. */
final class MockDirty implements DirtyTracking, DirtyEntries {

  private static final int[] LEVELS = {29, 20, 11};

  private final MockDomains domains;
  private final Shared tables;

  MockDirty(MockDomains domains, Shared tables) {
    this.domains = domains;
    this.tables = tables;
  }

  @Override
  @Clause("DIRTY-007")
  public Result<Done> setDirtyTracking(DomainId domain, boolean enable) {
    domains.paging(domain).recordWrites(enable);
    return Result.done();
  }

  @Override
  @Clause({"DIRTY-025", "DIRTY-026", "DIRTY-027", "DIRTY-028"})
  public Result<Done> readAndClearDirty(
      DomainId domain, Iova iova, long size, boolean clear, DirtyRecord record, Gather gather) {
    return tables.take(
        new MockStep.ReadDirty(domain, iova.bytes(), size, clear),
        step -> tell(domain, iova, size, clear, record, gather));
  }

  private Result<Done> tell(
      DomainId domain, Iova iova, long size, boolean clear, DirtyRecord record, Gather gather) {
    long start = iova.bytes();
    long last = start + size - 1;
    for (MockLeaf leaf : domains.paging(domain).leavesIn(start, last)) {
      if (leaf.isDirty()) {
        long from = Math.max(leaf.iova(), start);
        long length = recorded(leaf, from, last);
        record.record(from, length);
        if (clear) {
          leaf.markDirty(false);
          gather.addRange(new Iova(from), length);
        }
      }
    }
    return Result.done();
  }

  @Override
  public boolean recordsWrites(DomainId domain) {
    return domains.paging(domain).isRecordingWrites();
  }

  @Override
  public void setDirty(DomainId domain, Iova iova) {
    MockLeaf leaf = domains.paging(domain).leafAt(iova.bytes());
    if (leaf != null) {
      leaf.markDirty(true);
    }
  }

  /**
   * How much Linux 7.2 tells of a dirty entry: a single entry of its level whole, one that takes
   * several places of its level without the last of them, unless the range ends before.
   */
  private static long recorded(MockLeaf leaf, long from, long last) {
    int level = 0;
    while (LEVELS[level] > leaf.sizeLog2()) {
      level++;
    }
    int itemLog2 = LEVELS[level];
    if (itemLog2 == leaf.sizeLog2()) {
      return leaf.size();
    }
    long end = Math.min(leaf.last() >>> itemLog2, (last >>> itemLog2) + 1);
    return (end - (from >>> itemLog2)) << itemLog2;
  }
}
