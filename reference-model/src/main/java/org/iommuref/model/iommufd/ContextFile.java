package org.iommuref.model.iommufd;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;

/** The file of a context. Linux: iommufd_fops. */
final class ContextFile implements OpenFile {

  private final Context context;
  private final Dispatch dispatch;

  ContextFile(Context context, Dispatch dispatch) {
    this.context = context;
    this.dispatch = dispatch;
  }

  @Override
  public Result<Integer> ioctl(Caller caller, int command, long argument) {
    return dispatch.run(context, caller, command, argument);
  }

  /** iommufd_fops_release. */
  @Override
  public void release() {
    context.objects().close();
  }
}
