package org.iommuref.model.iommufd.ioctl;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;

/**
 * A command that has no structure of iommufd, as those of a VFIO container.
 *
 * @param name as in include/uapi/linux/vfio.h
 * @param number the whole number
 * @param body what it does
 */
public record OtherCommand(String name, int number, Body body) {

  /** What such a command does. */
  @FunctionalInterface
  public interface Body {
    /** Runs, and yields what the call returns. */
    Result<Integer> run(Context context, Caller caller, long argument);
  }
}
