package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.SetPasid;
import org.jspecify.annotations.Nullable;

/** The domain that an attach leaves, which changes when an operation before it is left out. */
final class Repair {

  private record Requester(Rid rid, @Nullable Pasid pasid) {}

  private final Map<Requester, DomainId> current = new HashMap<>();

  private Repair() {}

  /** The same steps, each attach naming the domain that it really leaves. */
  static List<CaseStep> olds(List<CaseStep> steps) {
    Repair repair = new Repair();
    List<CaseStep> repaired = new ArrayList<>();
    for (CaseStep step : steps) {
      repaired.add(new CaseStep(repair.old(step.operation()), step.shows(), step.claim()));
    }
    return repaired;
  }

  private Operation<?> old(Operation<?> operation) {
    if (operation instanceof Attach attach) {
      Requester requester = new Requester(attach.device(), null);
      DomainId old = current.put(requester, attach.domain());
      return new Attach(attach.device(), attach.domain(), old);
    }
    if (operation instanceof SetPasid set) {
      Requester requester = new Requester(set.device(), set.pasid());
      DomainId old = current.put(requester, set.domain());
      return new SetPasid(set.device(), set.pasid(), set.domain(), old);
    }
    if (operation instanceof RemovePasid remove) {
      current.remove(new Requester(remove.device(), remove.pasid()));
    } else if (operation instanceof Release release) {
      current.keySet().removeIf(requester -> requester.rid().equals(release.device()));
    }
    return operation;
  }
}
