package org.iommuref.model.oracle;

import java.util.Set;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.KeepingDevices.Control;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.BehaveAs;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadControl;
import org.iommuref.spec.operation.Reply;

/** Devices that keep translations: what is turned on in them, and when. ATS. */
final class KeepingRules implements Rule {

  private final State state;

  KeepingRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(BehaveAs.class, ReadControl.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    Rid device =
        operation instanceof BehaveAs behave ? behave.device() : ((ReadControl) operation).device();
    return state.claims.has(Capability.KEEPING_DEVICES)
        && state.knows(device)
        && !state.gone.contains(device);
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
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
    boolean right = control.ats() == served && control.pri() == pri;
    return judgement(right, served ? Clauses.ATS_001 : Clauses.ATS_005, served, pri);
  }

  private static Judgement judgement(boolean allowed, ClauseId clause, boolean ats, boolean pri) {
    return new Judgement(
        allowed,
        clause,
        ats ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        "ATS " + word(ats) + ", page requests " + word(pri) + ", no request unsupported",
        ats ? "the device is served" : "the device is not served");
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
