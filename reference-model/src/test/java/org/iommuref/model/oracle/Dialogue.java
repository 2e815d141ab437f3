package org.iommuref.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.spi.Topology;

/** What an oracle is told of a target that claims all that can be claimed, and what it says. */
final class Dialogue {

  static final HwInfo CLAIMS = claims(new IdealProvider().hwInfo());

  private final Oracle oracle;

  private Dialogue(Oracle oracle) {
    this.oracle = oracle;
  }

  static Dialogue withBackend(Topology topology) {
    return new Dialogue(Oracle.ofBackend(CLAIMS, topology));
  }

  static Dialogue withCore(Topology topology) {
    return new Dialogue(Oracle.ofCore(CLAIMS, topology));
  }

  private static HwInfo claims(HwInfo ideal) {
    EnumSet<Capability> all = EnumSet.copyOf(ideal.unit());
    all.add(Capability.CORE);
    return new HwInfo(
        "vtd", ideal.pageSizes(), ideal.addressBits(), ideal.maxPasids(), all, ideal.stimulus());
  }

  boolean mayCall(Operation<?> operation) {
    return oracle.wellFormed(operation);
  }

  /** The call is made, and its success is allowed. */
  Dialogue succeeds(Operation<?> operation) {
    Judgement judgement = judge(operation, Reply.ok(Done.DONE));
    assertThat(judgement.allowed()).as(operation + ": " + judgement).isTrue();
    return this;
  }

  /** The call is made, and fails as it may. */
  Dialogue fails(Operation<?> operation, Errno errno) {
    Judgement judgement = judge(operation, new Reply.Err<>(errno, null));
    assertThat(judgement.allowed()).as(operation + ": " + judgement).isTrue();
    return this;
  }

  Judgement judge(Operation<?> operation, Reply<?> reply) {
    assertThat(oracle.wellFormed(operation)).as(operation + " is well-formed").isTrue();
    return oracle.judge(operation, reply);
  }

  /** What the oracle says of a read that is refused. */
  Judgement refused(DeviceAccess access) {
    return oracle.judge(access, new Landing.Blocked());
  }

  /** What the oracle says of a read that gives what lies at an address. */
  Judgement reaches(DeviceAccess access, long address) {
    return oracle.judge(access, new Landing.At(new PhysAddr(address)));
  }

  /** What the oracle says of these fault records. */
  Judgement recorded(FaultLog log) {
    return judge(new TakeFaults(), Reply.ok(log));
  }

  static void assertAllowed(Judgement judgement, Branch branch) {
    assertThat(judgement.allowed()).as(judgement.toString()).isTrue();
    assertThat(judgement.branch()).as(judgement.toString()).isEqualTo(branch);
  }

  static void assertRefused(Judgement judgement, ClauseId clause) {
    assertThat(judgement.allowed()).as(judgement.toString()).isFalse();
    assertThat(judgement.clause()).as(judgement.toString()).isEqualTo(clause);
  }
}
