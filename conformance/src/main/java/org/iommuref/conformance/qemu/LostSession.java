package org.iommuref.conformance.qemu;

import org.iommuref.conformance.target.Session;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;

/** A session whose emulator did not get as far as its first operation. */
record LostSession(Loss loss, String detail) implements Session {

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    return new Reply.Lost<>(loss, detail);
  }

  @Override
  public void close() {}
}
