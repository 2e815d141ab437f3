package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.cases.Draft.Requester;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.operation.AnswerPages;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;

/**
 * Writes out what a sequence has of page requests. Answers are to what has been heard, so it is
 * known here who hears what.
 */
final class RequestSteps {

  /** A queue has room for as many. */
  private static final int ROOM = 24;

  /** Of as many requests with a PASID one is a stop marker. */
  private static final int STOP_MARKER = 9;

  private final Draft draft;
  private final boolean hasPasids;
  private final Set<DomainId> expected = new HashSet<>();
  private final List<Asked> underWay = new ArrayList<>();
  private final List<Asked> heard = new ArrayList<>();
  private int groups;

  /** The last request of a group, to which an answer is due. */
  private record Asked(Requester by, int group) {}

  RequestSteps(Draft draft, boolean hasPasids) {
    this.draft = draft;
    this.hasPasids = hasPasids;
  }

  void begin(DomainId domain) {
    draft.add(new ExpectPages(domain));
    expected.add(domain);
  }

  /** Somebody deals with one more domain; what was asked before is over. */
  void expect(DomainId domain) {
    if (!expected.contains(domain)) {
      take();
      begin(domain);
    }
  }

  void ask(Intention one) {
    boolean withPasid = hasPasids && one.much() % 3 == 0;
    List<Requester> there = one.much() % 4 == 0 ? List.of() : draft.in(expected);
    Requester by =
        there.isEmpty()
            ? new Requester(draft.present(one.which()), withPasid ? Draft.pasid(one.where()) : null)
            : there.get(one.which() % there.size());
    if (underWay.size() == ROOM) {
      take();
    }
    boolean marks = by.pasid() != null && one.much() % STOP_MARKER == 0;
    boolean last = marks || one.much() % 5 != 0;
    boolean writes = one.much() % 2 == 0;
    int group = groups++;
    draft.add(
        new AskForPage(
            new PageRequestMessage(
                by.device(),
                by.pasid(),
                false,
                false,
                !marks && !writes,
                !marks && writes,
                last,
                group,
                marks ? 0 : Draft.address(one).bytes())));
    DomainId domain = draft.domainOf(by);
    if (last && !marks && domain != null && expected.contains(domain)) {
      underWay.add(new Asked(by, group));
    }
  }

  void take() {
    draft.add(new TakePageRequests());
    heard.addAll(underWay);
    underWay.clear();
  }

  /** An answer to a group that was heard; until one is, requests are taken. */
  void answer(Intention one) {
    if (heard.isEmpty()) {
      ask(one);
      take();
    }
    if (!heard.isEmpty()) {
      Asked group = heard.remove(one.where() % heard.size());
      PageResponse[] all = PageResponse.values();
      draft.add(
          new AnswerPages(
              group.by().device(),
              group.by().pasid(),
              group.group(),
              all[one.much() % all.length]));
    }
  }

  void answers(Intention one) {
    draft.add(new TakePageAnswers(draft.present(one.which())));
  }

  /** Nothing is open with a device any more, which is about to leave. */
  void settle(Rid device) {
    take();
    draft.add(new TakePageAnswers(device));
    heard.removeIf(group -> group.by().device().equals(device));
  }

  /** What is open at the end is heard and told. */
  void end() {
    take();
    draft.topology().devices().stream()
        .map(Topology.Device::rid)
        .filter(device -> !draft.isGone(device))
        .forEach(device -> draft.add(new TakePageAnswers(device)));
  }
}
