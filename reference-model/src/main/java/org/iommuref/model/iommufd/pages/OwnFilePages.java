package org.iommuref.model.iommufd.pages;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;

/**
 * Pages of a file of iommufd, which has none: it can be mapped while nobody needs them.
 *
 * @param base offset of the first page in the file, a page boundary
 */
public record OwnFilePages(FileId file, long base) implements PagesSource {

  /** Takes a reference to the file. */
  public static OwnFilePages of(Kernel kernel, FileId file, long base) {
    kernel.files().get(file);
    return new OwnFilePages(file, base);
  }

  @Override
  @Clause("IOAS-075")
  public Result<long[]> take(Kernel kernel, Owner owner, long index, int count, boolean write) {
    return Result.err(Errno.EINVAL);
  }

  @Override
  public void giveBack(Kernel kernel, long[] frames) {
    throw new IllegalStateException("none has been taken");
  }

  @Override
  public boolean isFile() {
    return true;
  }

  @Override
  public void release(Kernel kernel) {
    kernel.files().put(file);
  }
}
