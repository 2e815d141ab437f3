package org.iommuref.model.iommufd.pages;

import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.Processes;

/** Makes pages of a caller. Linux: iopt_alloc_pages. */
public final class PagesMaking {

  private PagesMaking() {}

  /**
   * Pages of the caller's memory from an address on, which need not be at a page boundary.
   * EOVERFLOW if the range wraps; as {@link #of} else.
   */
  public static Result<Pages> ofMemory(
      Kernel kernel, Caller caller, AccountMode mode, long address, long length, boolean writable) {
    if (Long.compareUnsigned(address + length, address) < 0) {
      return Result.err(Errno.EOVERFLOW);
    }
    long offset = address & (Processes.PAGE_SIZE - 1);
    return of(kernel, caller, mode, new UserMemory(address - offset), offset, length, writable);
  }

  /**
   * Pages from any source.
   *
   * @param mode to whom the context charges; nobody if the caller may lock without limit
   * @param offset of the first byte in the first page
   * @return EINVAL for no length or one near 2^64, ENOMEM
   */
  public static Result<Pages> of(
      Kernel kernel,
      Caller caller,
      AccountMode mode,
      PagesSource source,
      long offset,
      long length,
      boolean writable) {
    if (length == 0 || Long.compareUnsigned(length, -1L - Processes.PAGE_SIZE) > 0) {
      return Result.err(Errno.EINVAL);
    }
    if (kernel.fails("allocation of pages")) {
      return Result.err(Errno.ENOMEM);
    }
    boolean free = caller.has(Right.IPC_LOCK) || !source.isCounted();
    long count = (length + offset + Processes.PAGE_SIZE - 1) >>> 12;
    return Result.ok(
        new Pages(
            kernel, source, count, writable, free ? AccountMode.NONE : mode, Owner.of(caller)));
  }
}
