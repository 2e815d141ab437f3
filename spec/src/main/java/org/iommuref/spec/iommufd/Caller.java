package org.iommuref.spec.iommufd;

import java.util.Set;

/**
 * Who makes a system call, and with which rights.
 *
 * @param process the process, whose memory the call's pointers mean
 * @param user the real user id, to which pages are charged in the user mode of accounting
 * @param rights the rights in force at this moment
 */
public record Caller(ProcessId process, int user, Set<Right> rights) {

  /** Copies the set. */
  public Caller {
    rights = Set.copyOf(rights);
  }

  /** A capability of Linux that iommufd asks for (include/uapi/linux/capability.h). */
  public enum Right {
    /** CAP_IPC_LOCK: pinned pages are not charged. */
    IPC_LOCK,
    /** CAP_SYS_RESOURCE: the mode of accounting may be chosen. */
    SYS_RESOURCE,
    /** CAP_SYS_RAWIO: no-iommu mode. */
    SYS_RAWIO
  }

  /** Whether the caller has the right. */
  public boolean has(Right right) {
    return rights.contains(right);
  }
}
