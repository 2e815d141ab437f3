package org.iommuref.model.iommufd.access;

import org.iommuref.spec.iommufd.ProcessId;

/** Bytes that an access moves to or from a buffer of the kernel. */
public final class AccessTransfer {

  private final ProcessId caller;
  private final byte[] buffer;
  private final boolean write;
  private final boolean slow;

  /**
   * A transfer.
   *
   * @param caller the process on whose behalf it is
   * @param buffer of the kernel; a read fills it
   * @param write whether the bytes go to the IOAS
   * @param slow whether the way is taken that does not use the caller's own address space
   */
  public AccessTransfer(ProcessId caller, byte[] buffer, boolean write, boolean slow) {
    this.caller = caller;
    this.buffer = buffer;
    this.write = write;
    this.slow = slow;
  }

  ProcessId caller() {
    return caller;
  }

  byte[] buffer() {
    return buffer;
  }

  boolean write() {
    return write;
  }

  boolean slow() {
    return slow;
  }

  /** How many bytes. */
  int length() {
    return buffer.length;
  }
}
