package org.iommuref.conformance.process;

import org.iommuref.conformance.target.Session;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** A session that never began: each operation is answered with the reason. */
record RefusedSession(Reply<?> reason) implements Session {

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    if (reason instanceof Reply.Lost<?> lost) {
      return new Reply.Lost<>(lost.loss(), "reset: " + lost.detail());
    }
    if (reason instanceof Reply.Unsupported<?> unsupported) {
      return new Reply.Unsupported<>("reset: " + unsupported.reason());
    }
    if (reason instanceof Reply.Err<?> err) {
      return new Reply.Unsupported<>("reset: " + err.errno());
    }
    throw new IllegalStateException("a session is not refused by " + reason);
  }

  @Override
  public void close() {}
}
