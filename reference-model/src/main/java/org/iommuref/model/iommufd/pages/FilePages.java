package org.iommuref.model.iommufd.pages;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.UserFile;

/**
 * Pages of a file, to which it holds a reference. Linux: IOPT_ADDRESS_FILE.
 *
 * @param base offset of the first page in the file, a page boundary
 */
public record FilePages(UserFile file, long base) implements PagesSource {

  /** Takes the reference. */
  @Clause("IOAS-079")
  public static FilePages of(Kernel kernel, UserFile file, long base) {
    kernel.processes().hold(file);
    return new FilePages(file, base);
  }

  @Override
  @Clause({"IOAS-075", "IOAS-076", "IOAS-077", "IOAS-078"})
  public Result<long[]> take(Kernel kernel, Owner owner, long index, int count, boolean write) {
    return kernel.processes().pinFile(file, base + index * Processes.PAGE_SIZE, count);
  }

  @Override
  public void giveBack(Kernel kernel, long[] frames) {
    kernel.processes().unpin(frames);
  }

  @Override
  public boolean isFile() {
    return true;
  }

  @Override
  public void release(Kernel kernel) {
    kernel.processes().release(file);
  }
}
