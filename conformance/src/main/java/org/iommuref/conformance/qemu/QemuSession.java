package org.iommuref.conformance.qemu;

import org.iommuref.conformance.target.Session;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.CoreOperation;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitSeam;
import org.jspecify.annotations.Nullable;

/** An emulator that was started for this session alone, and what stands on it. */
final class QemuSession implements Session {

  private final Runnable end;
  private final @Nullable UnitSeam unit;
  private final @Nullable BackendSeam seam;
  private final @Nullable IommuCore core;
  private Reply.@Nullable Lost<?> lost;

  /**
   * A driver on an emulator that is ended in this way, and the IOMMU core over the driver if one is
   * given.
   */
  QemuSession(Runnable end, IommuBackend backend, @Nullable IommuCore core) {
    this.end = end;
    this.unit = null;
    this.seam = new BackendSeam(backend);
    this.core = core;
  }

  /** Its unit alone. */
  QemuSession(Runnable end, UnitSeam unit) {
    this.end = end;
    this.unit = unit;
    this.seam = null;
    this.core = null;
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    if (lost != null) {
      return new Reply.Lost<>(lost.loss(), lost.detail());
    }
    try {
      return apply(operation);
    } catch (QemuLostException e) {
      return lose(e.loss(), String.valueOf(e.getMessage()));
    } catch (HangException e) {
      return lose(Loss.TIMEOUT, String.valueOf(e.getMessage()));
    } catch (UnsupportedOperationException e) {
      return new Reply.Unsupported<>(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return lose(Loss.CRASH, e.toString());
    }
  }

  private <V> Reply<V> apply(Operation<V> operation) {
    if (operation instanceof UnitCall<V> call && unit != null) {
      return call.applyTo(unit);
    }
    if (operation instanceof BackendOperation<V> call && seam != null) {
      return call.applyTo(seam);
    }
    if (operation instanceof CoreOperation<V> call && core != null) {
      return call.applyTo(core);
    }
    return new Reply.Unsupported<>("nothing here takes the call");
  }

  private <V> Reply<V> lose(Loss loss, String detail) {
    lost = new Reply.Lost<>(loss, detail);
    return new Reply.Lost<>(loss, detail);
  }

  @Override
  public void close() {
    end.run();
  }
}
