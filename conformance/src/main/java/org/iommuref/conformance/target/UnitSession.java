package org.iommuref.conformance.target;

import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitSeam;
import org.iommuref.spec.unit.call.UnrestException;
import org.jspecify.annotations.Nullable;

/** A Java unit behind the calls of seam 1; after a lost reply it gives no other. */
final class UnitSession implements Session {

  private final UnitSeam seam;
  private Reply.@Nullable Lost<?> lost;

  UnitSession(UnitSeam seam) {
    this.seam = seam;
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    if (lost != null) {
      return new Reply.Lost<>(lost.loss(), lost.detail());
    }
    try {
      return operation instanceof UnitCall<V> call
          ? call.applyTo(seam)
          : new Reply.Unsupported<>("no call of a unit");
    } catch (UnrestException unrest) {
      return lose(Loss.TIMEOUT, String.valueOf(unrest.getMessage()));
    } catch (UnsupportedOperationException e) {
      return new Reply.Unsupported<>(String.valueOf(e.getMessage()));
    } catch (RuntimeException | AssertionError crash) {
      return lose(Loss.CRASH, crash.toString());
    }
  }

  private <V> Reply<V> lose(Loss loss, String detail) {
    lost = new Reply.Lost<>(loss, detail);
    return new Reply.Lost<>(loss, detail);
  }

  @Override
  public void close() {}
}
