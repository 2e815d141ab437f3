package org.iommuref.model.iommufd;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.viommu.MmapRegions;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;

/** The file of a context. Linux: iommufd_fops. */
final class ContextFile implements OpenFile {

  private final Context context;
  private final Dispatch dispatch;

  ContextFile(Context context, Dispatch dispatch) {
    this.context = context;
    this.dispatch = dispatch;
  }

  /** The context. */
  Context context() {
    return context;
  }

  @Override
  public Result<Integer> ioctl(Caller caller, int command, long argument) {
    return dispatch.run(context, caller, command, argument);
  }

  @Override
  public Result<long[]> mmap(
      Caller caller, long offset, long length, boolean shared, boolean executable) {
    return regions().map(offset, length, shared, executable);
  }

  @Override
  public Result<Done> munmap(long offset) {
    return regions().unmap(offset);
  }

  private MmapRegions regions() {
    return context.part(MmapRegions.class, MmapRegions::new);
  }

  /** iommufd_fops_release. */
  @Override
  public void release() {
    context.objects().close();
  }
}
