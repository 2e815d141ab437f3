package org.iommuref.model.iommufd.pages;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;

/**
 * Memory of the owning process.
 *
 * @param base a page boundary
 */
public record UserMemory(long base) implements PagesSource {

  @Override
  public Result<long[]> take(Kernel kernel, Owner owner, long index, int count, boolean write) {
    long address = base + index * Processes.PAGE_SIZE;
    return kernel.processes().pin(owner.process(), address, count, write);
  }

  @Override
  public void giveBack(Kernel kernel, long[] frames) {
    kernel.processes().unpin(frames);
  }

  @Override
  public boolean isFile() {
    return false;
  }
}
