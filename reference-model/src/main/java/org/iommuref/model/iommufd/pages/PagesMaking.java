package org.iommuref.model.iommufd.pages;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.Processes;

/** Makes pages of a caller. Linux: iopt_alloc_pages. */
public final class PagesMaking {

  /** What is asked of a range of memory. Linux: iopt_alloc_user_pages. */
  public static final CheckList<Memory> MEMORY =
      new CheckList<>(
          "iopt_alloc_user_pages",
          Checks.<Memory>inOrder().when("IOAS-030", "it wraps", Memory::wraps, Errno.EOVERFLOW));

  /** What is asked of a length in bytes. Linux: iopt_alloc_pages. */
  public static final CheckList<Long> LENGTH =
      new CheckList<>(
          "iopt_alloc_pages",
          Checks.<Long>inOrder()
              .when("IOAS-031", "there is none", length -> length == 0, Errno.EINVAL)
              .needs("IOAS-031", "it is near 2^64", PagesMaking::isTooLong, Errno.EINVAL));

  private PagesMaking() {}

  /**
   * A range of memory.
   *
   * @param address of its first byte
   * @param length in bytes
   */
  public record Memory(long address, long length) {
    private boolean wraps() {
      return Long.compareUnsigned(address + length, address) < 0;
    }
  }

  private static boolean isTooLong(long length) {
    return Long.compareUnsigned(length, -1L - Processes.PAGE_SIZE) > 0;
  }

  /**
   * Pages of the caller's memory from an address on, which need not be at a page boundary.
   * EOVERFLOW if the range wraps; as {@link #of} else.
   */
  public static Result<Pages> ofMemory(
      Kernel kernel, Caller caller, AccountMode mode, long address, long length, boolean writable) {
    Errno refusal = MEMORY.refusal(kernel, new Memory(address, length));
    if (refusal != null) {
      return Result.err(refusal);
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
    Errno refusal = LENGTH.refusal(kernel, length);
    if (refusal != null) {
      return Result.err(refusal);
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
