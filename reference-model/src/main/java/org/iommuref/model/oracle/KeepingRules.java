package org.iommuref.model.oracle;

import java.util.Set;
import org.iommuref.model.oracle.AccessRules.Allowed;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.KeepingDevices.Control;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.backend.KeepingDevices.Translation;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.AskForTranslation;
import org.iommuref.spec.operation.BehaveAs;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadControl;
import org.iommuref.spec.operation.Reply;

/** Devices that keep translations: what is turned on in them, and when. ATS. */
final class KeepingRules implements Rule {

  private final State state;

  private final AccessRules accesses;

  KeepingRules(State state, AccessRules accesses) {
    this.state = state;
    this.accesses = accesses;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(BehaveAs.class, ReadControl.class, AskForTranslation.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof AskForTranslation ask && !state.probed.contains(ask.device())) {
      return false;
    }
    Rid device = deviceOf(operation);
    return state.claims.has(Capability.KEEPING_DEVICES)
        && state.knows(device)
        && !state.gone.contains(device);
  }

  private static Rid deviceOf(Operation<?> operation) {
    if (operation instanceof BehaveAs behave) {
      return behave.device();
    }
    return operation instanceof AskForTranslation ask
        ? ask.device()
        : ((ReadControl) operation).device();
  }

  /** Rights as some live state gives them; where the domain is coherent, for snooped accesses. */
  private Judgement translation(AskForTranslation ask, Reply<?> reply) {
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof Translation given)) {
      return Replies.succeeds(reply, Clauses.ATS_009, "the target claims such devices");
    }
    Allowed read = allowed(ask, AccessKind.READ);
    Allowed write = allowed(ask, AccessKind.WRITE);
    Place now = read.now() == null ? write.now() : read.now();
    boolean right = fits(given.read(), read) && fits(given.write(), write);
    boolean some = given.read() || given.write();
    if (right && some && now != null && now.domain().coherent && !given.snooped()) {
      return Judgement.refused(
          Clauses.DOM_011, Branch.MUST_SUCCEED, "snooped", "the domain enforces coherency");
    }
    return new Judgement(
        right,
        Clauses.ATS_009,
        some ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        "read: " + read.inWords() + ", write: " + write.inWords(),
        "the rights of the mapping");
  }

  private static boolean fits(boolean given, Allowed allowed) {
    return given ? !allowed.mustBlock() : allowed.mayBlock();
  }

  private Allowed allowed(AskForTranslation ask, AccessKind kind) {
    DeviceAccess access = new DeviceAccess(ask.device(), ask.pasid(), ask.page(), kind, 0);
    Allowed allowed = accesses.allowed(access);
    DirtyRules.reached(access, accesses.reached(access), allowed, false);
    return allowed;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof AskForTranslation ask) {
      return translation(ask, reply);
    }
    if (operation instanceof BehaveAs behave) {
      if (behave.manner() == Manner.GO_AWAY) {
        state.gone.add(behave.device());
      }
      return Replies.succeeds(reply, Clauses.ATS_004, "the target claims such devices");
    }
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof Control control)) {
      return Replies.succeeds(reply, Clauses.ATS_001, "the target claims such devices");
    }
    boolean served = state.probed.contains(((ReadControl) operation).device());
    boolean pri = served && state.claims.has(Capability.PAGE_REQUESTS);
    if (control.unsupported() > 0) {
      return judgement(false, served ? Clauses.ATS_002 : Clauses.ATS_003, served, pri);
    }
    if (control.priAlone()) {
      return judgement(false, Clauses.ATS_010, served, pri);
    }
    if (control.overrun()) {
      return judgement(false, Clauses.ATS_011, served, pri);
    }
    boolean right = control.ats() == served && control.pri() == pri;
    return judgement(right, served ? Clauses.ATS_001 : Clauses.ATS_005, served, pri);
  }

  private static Judgement judgement(boolean allowed, ClauseId clause, boolean ats, boolean pri) {
    return new Judgement(
        allowed,
        clause,
        ats ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        "ATS "
            + word(ats)
            + ", page requests "
            + word(pri)
            + ", no request unsupported, no page request without ATS, no queue overrun",
        ats ? "the device is served" : "the device is not served");
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
