package org.iommuref.model.mock;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.pages.DmabufPages;
import org.iommuref.model.iommufd.pages.SharedBuffer;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** A shared buffer of the test interface. Linux: struct iommufd_test_dma_buf. */
final class TestDmabuf implements OpenFile, SharedBuffer {

  private final long size;
  private final long firstFrame;
  private final List<DmabufPages> importers = new ArrayList<>();
  private boolean revoked;

  TestDmabuf(long size, long firstFrame) {
    this.size = size;
    this.firstFrame = firstFrame;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long firstFrame() {
    return firstFrame;
  }

  @Override
  public @Nullable Errno attach(DmabufPages importer) {
    if (revoked) {
      return Errno.ENODEV;
    }
    importers.add(importer);
    return null;
  }

  @Override
  public void detach(DmabufPages importer) {
    importers.remove(importer);
  }

  /** Revokes it or lifts that; every importer is told in either case. */
  @Clause({"IOAS-090", "MOCK-028"})
  void revoke(boolean revoke) {
    revoked = revoke;
    importers.forEach(DmabufPages::revoke);
  }

  @Override
  public void release() {
    // its memory is nobody's
  }
}
