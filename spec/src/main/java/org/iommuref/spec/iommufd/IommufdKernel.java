package org.iommuref.spec.iommufd;

import org.iommuref.spec.iommufd.call.FileCall.Account;

/** An implementation of seam 3, with what a program learns of it by other files of Linux. */
public interface IommufdKernel {

  /** The implementation. */
  Iommufd iommufd();

  /** Pages pinned for and charged to a process: VmPin and VmLck of {@code /proc/PID/status}. */
  Account account(ProcessId process);

  /** How many points of failure may still be passed before the one that fails. */
  int failNth();

  /** Lets the n-th point of failure that is met fail, once; 0 for none. */
  void setFailNth(int nth);

  /** What a frame holds that {@link Iommufd#mmap} has named. */
  byte[] mappedFrame(long frame);
}
