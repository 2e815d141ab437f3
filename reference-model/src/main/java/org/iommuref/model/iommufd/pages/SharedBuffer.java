package org.iommuref.model.iommufd.pages;

import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** A file whose pages its owner lends to devices, and can take back. Linux: struct dma_buf. */
public interface SharedBuffer {

  /** In bytes, a multiple of the page size. */
  long size();

  /** The first of its frames, which are adjacent. */
  long firstFrame();

  /** Notes whom to tell of a revocation. ENODEV while it is revoked. */
  @Nullable Errno attach(DmabufPages importer);

  /** Undoes {@link #attach}. */
  void detach(DmabufPages importer);
}
