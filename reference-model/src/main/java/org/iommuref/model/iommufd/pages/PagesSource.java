package org.iommuref.model.iommufd.pages;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** Where pages come from. Linux: enum iopt_address_type. */
public interface PagesSource {

  /** The address or the offset of the first page, in bytes; automatic IOVAs are aligned to it. */
  long base();

  /**
   * Takes frames.
   *
   * @param index of the first page, from 0
   * @param count how many
   * @param write whether they are to be writable
   * @return the frames; EFAULT, EINVAL, ENOMEM with those taken before the failure
   */
  Result<long[]> take(Kernel kernel, Owner owner, long index, int count, boolean write);

  /** Gives frames back. */
  void giveBack(Kernel kernel, long[] frames);

  /** Whether they are pages of an ordinary file, which may change hands between processes. */
  boolean isFile();

  /** Whether they are memory of a device behind a dma-buf. */
  default boolean isDmabuf() {
    return false;
  }

  /** Whether its owner has taken them back: they are mapped nowhere, and will not be again. */
  default boolean isRevoked() {
    return false;
  }

  /** The same as whoever looks on sees it. */
  default boolean isSeenRevoked() {
    return false;
  }

  /** The mutex under which they are taken back, which is that of their pages; null for none. */
  default @Nullable Mutex ownMutex() {
    return null;
  }

  /**
   * They have been mapped.
   *
   * @param where names the place
   * @param unmap undoes it when they are taken back
   */
  default void mapped(Object where, Runnable unmap) {}

  /** They are not mapped there any more. */
  default void unmapped(Object where) {}

  /** Whether taken frames count as pinned, and are charged. */
  default boolean isCounted() {
    return true;
  }

  /** The pages are not needed any more. */
  default void release(Kernel kernel) {}
}
