package org.iommuref.model.mock;

import java.util.ArrayList;
import java.util.List;
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

  MockDirty(MockDomains domains) {
    this.domains = domains;
  }

  @Override
  @Clause("DIRTY-007")
  public Result<Done> setDirtyTracking(DomainId domain, boolean enable) {
    MockPageTable table = domains.paging(domain);
    table
        .shared()
        .change(
            new MockStep.RecordWrites(domain, enable), step -> table.recordWrites(step.enabled()));
    return Result.done();
  }

  @Override
  @Clause({"DIRTY-025", "DIRTY-026", "DIRTY-027", "DIRTY-028"})
  public Result<Done> readAndClearDirty(
      DomainId domain, Iova iova, long size, boolean clear, DirtyRecord record, Gather gather) {
    MockPageTable table = domains.paging(domain);
    var step = new MockStep.ReadDirty(domain, iova.bytes(), size, clear);
    for (MockStep.Written each : table.shared().take(step, s -> written(table, s))) {
      record.record(each.iova(), each.length());
      if (clear) {
        gather.addRange(new Iova(each.iova()), each.length());
      }
    }
    return Result.done();
  }

  /** Each entry is asked and cleared at once: what is written meanwhile is not lost. DIRTY-029 */
  private static List<MockStep.Written> written(MockPageTable table, MockStep.ReadDirty step) {
    List<MockStep.Written> written = new ArrayList<>();
    long last = step.iova() + step.size() - 1;
    for (MockLeaf leaf : table.leavesIn(step.iova(), last)) {
      if (leaf.isDirty()) {
        long from = Math.max(leaf.iova(), step.iova());
        written.add(new MockStep.Written(from, recorded(leaf, from, last)));
        leaf.markDirty(!step.clear());
      }
    }
    return written;
  }

  @Override
  public boolean recordsWrites(DomainId domain) {
    MockPageTable table = domains.paging(domain);
    return table
        .shared()
        .look(new MockStep.LookAtRecording(domain), step -> table.isRecordingWrites());
  }

  @Override
  public void setDirty(DomainId domain, Iova iova) {
    MockPageTable table = domains.paging(domain);
    table
        .shared()
        .change(
            new MockStep.MarkDirty(domain, iova.bytes()),
            step -> {
              MockLeaf leaf = table.leafAt(step.iova());
              if (leaf != null) {
                leaf.markDirty(true);
              }
            });
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
