package org.iommuref.conformance.qemu;

/** There is no QEMU that could be judged (exit code 2); the message is one line for the user. */
public final class QemuAbsentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QemuAbsentException(String message) {
    super(message);
  }
}
