package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.ProcessId;

/**
 * To whom pages belong. Linux: iopt_pages.source_mm, source_task and source_user.
 *
 * @param process whose memory and whose limit it is
 * @param user to whom the user mode charges
 */
public record Owner(ProcessId process, int user) {

  /** The process that makes a call. */
  public static Owner of(Caller caller) {
    return new Owner(caller.process(), caller.user());
  }
}
