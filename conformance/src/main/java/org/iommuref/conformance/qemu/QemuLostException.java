package org.iommuref.conformance.qemu;

import org.iommuref.spec.operation.Reply.Loss;

/** An emulator that died, hung or talked nonsense; it costs the case that it was started for. */
final class QemuLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Loss loss;

  /** What was lost, and why in one line. */
  QemuLostException(Loss loss, String detail) {
    super(detail);
    this.loss = loss;
  }

  Loss loss() {
    return loss;
  }
}
