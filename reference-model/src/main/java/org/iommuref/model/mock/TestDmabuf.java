package org.iommuref.model.mock;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.pages.BufferStep;
import org.iommuref.model.iommufd.pages.DmabufPages;
import org.iommuref.model.iommufd.pages.SharedBuffer;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** A shared buffer of the test interface. Linux: struct iommufd_test_dma_buf. */
final class TestDmabuf implements OpenFile, SharedBuffer {

  private final Mutex resv;
  private final Shared shared;
  private final long size;
  private final long firstFrame;
  private final List<DmabufPages> importers = new ArrayList<>();
  private boolean revoked;

  TestDmabuf(Kernel kernel, long size, long firstFrame) {
    this.resv = kernel.mutex("dmabuf.resv");
    this.shared = kernel.shared(new Lifetime("a shared buffer"));
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
    resv.lock();
    boolean added = shared.take(new BufferStep.AddImporter(), step -> add(importer));
    resv.unlock();
    return added ? null : Errno.ENODEV;
  }

  private boolean add(DmabufPages importer) {
    if (!revoked) {
      importers.add(importer);
    }
    return !revoked;
  }

  @Override
  public void detach(DmabufPages importer) {
    resv.lock();
    shared.change(new BufferStep.RemoveImporter(), step -> importers.remove(importer));
    resv.unlock();
  }

  /** Revokes it or lifts that; every importer is told in either case. */
  @Clause({"IOAS-090", "MOCK-028"})
  void revoke(boolean revoke) {
    resv.lock();
    shared.change(new BufferStep.SetRevoked(revoke), step -> revoked = step.revoked());
    List<DmabufPages> told =
        shared.look(new BufferStep.ListImporters(), step -> List.copyOf(importers));
    told.forEach(DmabufPages::revoke);
    resv.unlock();
  }

  @Override
  public void release() {
    // its memory is nobody's
  }
}
