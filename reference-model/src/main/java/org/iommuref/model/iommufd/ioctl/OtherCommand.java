package org.iommuref.model.iommufd.ioctl;

import java.util.List;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;

/**
 * A command that has no structure of iommufd, as those of a VFIO container.
 *
 * @param name as in include/uapi/linux/vfio.h
 * @param number the whole number
 * @param checks that come before it has any effect, in lists
 * @param body what it does
 */
public record OtherCommand(String name, int number, List<CheckList<?>> checks, Body body) {

  /** Copies the list. */
  public OtherCommand {
    checks = List.copyOf(checks);
  }

  /** A command that refuses nothing. */
  public OtherCommand(String name, int number, Body body) {
    this(name, number, List.of(), body);
  }

  /** What such a command does. */
  @FunctionalInterface
  public interface Body {
    /** Runs, and yields what the call returns. */
    Result<Integer> run(Context context, Caller caller, long argument);
  }
}
