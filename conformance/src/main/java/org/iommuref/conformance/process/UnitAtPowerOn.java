package org.iommuref.conformance.process;

import org.iommuref.conformance.target.UnitClaims;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Reset;

/** A unit behind a command before anything was written to it: its registers belong to its hello. */
final class UnitAtPowerOn {

  private UnitAtPowerOn() {}

  /**
   * What the unit claims, by its registers and its hello.
   *
   * @throws IllegalArgumentException if there is no suite for its architecture
   * @throws IllegalStateException if it does not tell what its registers hold
   */
  static HwInfo claims(Conversation child, Introduction said) {
    valueOf(child, new Reset(Topology.oneDevice(), CachePolicy.REALISTIC, 0));
    return UnitClaims.of(
        said.architecture(),
        offset -> valueOf(child, new ReadRegister(offset, Long.BYTES, null)),
        said.unit(),
        said.stimulus());
  }

  private static <V> V valueOf(Conversation child, Operation<V> operation) {
    Reply<V> reply = child.ask(operation);
    if (reply instanceof Reply.Ok<V> ok) {
      return ok.value();
    }
    throw new IllegalStateException(
        "it does not answer " + operation.op() + ": " + ProcessTarget.describe(reply));
  }
}
