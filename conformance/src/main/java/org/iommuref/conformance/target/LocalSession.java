package org.iommuref.conformance.target;

import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.CoreOperation;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.step.HangException;
import org.jspecify.annotations.Nullable;

/** A Java implementation behind the same operations that travel on the wire. */
final class LocalSession implements Session {

  private final BackendSeam seam;
  private final @Nullable IommuCore core;

  LocalSession(IommuBackend backend, @Nullable IommuCore core) {
    this.seam = new BackendSeam(backend);
    this.core = core;
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    try {
      if (operation instanceof BackendOperation<V> call) {
        return call.applyTo(seam);
      }
      if (operation instanceof CoreOperation<V> call && core != null) {
        return call.applyTo(core);
      }
      return new Reply.Unsupported<>("no IOMMU core");
    } catch (HangException hang) {
      return new Reply.Lost<>(Loss.TIMEOUT, String.valueOf(hang.getMessage()));
    } catch (RuntimeException crash) {
      return new Reply.Lost<>(Loss.CRASH, crash.toString());
    }
  }

  @Override
  public void close() {}
}
