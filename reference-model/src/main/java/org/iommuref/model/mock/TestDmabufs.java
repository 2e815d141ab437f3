package org.iommuref.model.mock;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.backend.BackendExtension;

/** Memory for shared buffers, apart from that of processes. */
final class TestDmabufs implements BackendExtension {

  private long next;

  /** Buffers from a frame on, by its number. */
  TestDmabufs(long firstFrame) {
    this.next = firstFrame;
  }

  /** A buffer in adjacent frames, the first of which is a multiple of their power of two. */
  TestDmabuf make(Kernel kernel, int pages) {
    int room = pages == 1 ? 1 : Integer.highestOneBit(pages - 1) << 1;
    long first = (next + room - 1) & -room;
    next = first + room;
    return new TestDmabuf(kernel, (long) pages << 12, first);
  }
}
