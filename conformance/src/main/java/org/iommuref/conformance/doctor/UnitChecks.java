package org.iommuref.conformance.doctor;

import java.util.OptionalLong;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.call.DeviceCall.Dma;
import org.iommuref.spec.unit.call.DeviceCall.SendPageRequest;
import org.iommuref.spec.unit.call.UnitCall.ReadMemory;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.unit.call.UnitCall.RefuseAtomics;
import org.iommuref.spec.unit.call.UnitCall.WriteMemory;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;
import org.jspecify.annotations.Nullable;

/**
 * The few calls without which nothing of a VT-d unit can be judged: registers, memory, an access of
 * a device while translation is off, those that it claims to take, and a reset that undoes it all.
 * Manual 11.4.
 */
final class UnitChecks {

  private static final int VER = 0x00;
  private static final int CAP = 0x08;
  private static final int ECAP = 0x10;
  private static final int GSTS = 0x1c;
  private static final int RTADDR = 0x20;
  private static final long QUEUED_INVALIDATION = 1 << 1;
  private static final long WIDTHS = 0x1f << 8;
  private static final long ROOT = 0x12_3456_7000L;
  private static final long TAG = 0x1122_3344_5566_7788L;

  private final Findings findings;

  UnitChecks(Findings findings) {
    this.findings = findings;
  }

  /** Runs them once, and then looks at what a reset has left. */
  void examine(Target target) {
    SessionConfig config =
        new SessionConfig(
            Topology.oneDevice(), CachePolicy.REALISTIC, SessionConfig.PLAIN, Layer.UNIT);
    PhysAddr page = new PhysAddr(target.dataMemory().base());
    boolean fine;
    try (Session unit = target.open(config)) {
      fine = tellsWhatItCan(unit) && works(unit, page) && takesWhatItClaims(unit, target, page);
    }
    if (!fine) {
      return;
    }
    try (Session unit = target.open(config)) {
      if (isReset(unit, page)) {
        findings.fine("Its registers and memory can be used, and a reset undoes what was done.");
      }
    }
  }

  private boolean tellsWhatItCan(Session unit) {
    OptionalLong version = number(unit, new ReadRegister(VER, Integer.BYTES, null));
    OptionalLong cap = number(unit, new ReadRegister(CAP, Long.BYTES, null));
    OptionalLong ecap = number(unit, new ReadRegister(ECAP, Long.BYTES, null));
    if (version.isEmpty() || cap.isEmpty() || ecap.isEmpty()) {
      return false;
    }
    if ((ecap.getAsLong() & QUEUED_INVALIDATION) == 0) {
      findings.problem("ECAP.QI is clear, and cases invalidate by the queue.");
    }
    if ((cap.getAsLong() & WIDTHS) == 0) {
      findings.note("CAP.SAGAW has no bit set: no second stage will be judged.");
    }
    if (version.getAsLong() == 0) {
      findings.note("VER is 0, and there was no such version.");
    }
    return (ecap.getAsLong() & QUEUED_INVALIDATION) != 0;
  }

  private boolean works(Session unit, PhysAddr page) {
    return value(unit, new WriteRegister(RTADDR, Long.BYTES, ROOT, null)) != null
        && holds(unit, new ReadRegister(RTADDR, Long.BYTES, null), ROOT, "RTADDR just written")
        && value(unit, new WriteMemory(page, TAG, null)) != null
        && holds(unit, new ReadMemory(page, null), TAG, "memory just written")
        && deviceReads(unit, page);
  }

  private boolean deviceReads(Session unit, PhysAddr page) {
    AccessOutcome outcome =
        value(
            unit,
            new Dma(
                Topology.FIRST,
                null,
                false,
                AddressType.UNTRANSLATED,
                page.bytes(),
                AccessKind.READ,
                0,
                null));
    if (outcome != null && !outcome.equals(AccessOutcome.completed(TAG))) {
      findings.note(
          "With translation off a device that reads memory "
              + (outcome instanceof AccessOutcome.Completed ? "gets other data" : "is refused")
              + ": the harness works, the suite will say more.");
    }
    return outcome != null;
  }

  /** A claim that is told in hello brings a call of its own. */
  private boolean takesWhatItClaims(Session unit, Target target, PhysAddr page) {
    return (!target.hwInfo().has(Capability.NON_ATOMIC_MEMORY)
            || value(unit, new RefuseAtomics(page, 0, null)) != null)
        && (!target.hwInfo().has(Capability.PAGE_REQUESTS_UNDER_WAY)
            || value(unit, new SendPageRequest(requestOf(page), null)) != null);
  }

  private static PageRequestMessage requestOf(PhysAddr page) {
    return new PageRequestMessage(
        Topology.FIRST, null, false, false, true, false, false, 0, page.bytes());
  }

  private boolean isReset(Session unit, PhysAddr page) {
    return holds(unit, new ReadRegister(GSTS, Integer.BYTES, null), 0, "GSTS after a reset")
        && holds(unit, new ReadRegister(RTADDR, Long.BYTES, null), 0, "RTADDR after a reset")
        && holds(unit, new ReadMemory(page, null), 0, "memory after a reset");
  }

  private boolean holds(Session unit, Operation<Long> operation, long due, String what) {
    OptionalLong number = number(unit, operation);
    if (number.isPresent() && number.getAsLong() != due) {
      findings.problem(
          "Of %s it reads 0x%x, and 0x%x is due.".formatted(what, number.getAsLong(), due));
    }
    return number.isPresent() && number.getAsLong() == due;
  }

  private OptionalLong number(Session unit, Operation<Long> operation) {
    Long value = value(unit, operation);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** What the unit answers; null if it does not, which is a problem. */
  private <V> @Nullable V value(Session unit, Operation<V> operation) {
    Reply<V> reply = unit.execute(operation);
    if (reply instanceof Reply.Ok<V> ok) {
      return ok.value();
    }
    findings.problem(OperationChecks.inWords(operation.op(), reply));
    return null;
  }
}
