package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.ExpectedFaults.Cause;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AskingDevices.Answer;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.operation.AnswerPages;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.HeardPageRequests;
import org.iommuref.spec.operation.HeardPageRequests.Heard;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.PageAnswers;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/**
 * Page requests of devices, and their answers. PRQ.
 *
 * <p>A request is refused by hardware where its device has no translation, and answered by the
 * driver as invalid where nobody expects it: if its device has gone to a domain that somebody deals
 * with before the driver takes it, it may be heard there instead. All others are heard once, of the
 * domain for which they were raised, and the last one of a group has one answer: that of whoever
 * has heard it.
 */
final class PageRequestRules implements Rule {

  /** A queue has room for more than this; with as many under way, requests may be lost. */
  private static final int ROOM = 32;

  private final State state;
  private final Set<DomainState> expecting = new HashSet<>();
  private final List<Raised> underWay = new ArrayList<>();
  private final List<Raised> heard = new ArrayList<>();

  /** Requests that nobody dealt with when they were raised, and that may not have been taken. */
  private final List<Raised> unexpected = new ArrayList<>();

  private final Map<Rid, List<Answer>> owed = new HashMap<>();
  private final Map<Rid, List<Answer>> possible = new HashMap<>();

  /** A request that may be in a queue, of a domain by the name that it had. */
  private record Raised(PageRequestMessage request, DomainId domain, boolean mayBeLost) {

    boolean is(Heard other) {
      return request.rid().equals(other.device())
          && Objects.equals(request.pasid(), other.pasid())
          && request.group() == other.group()
          && request.last() == other.last()
          && request.address() == other.address().bytes();
    }
  }

  PageRequestRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(
        ExpectPages.class,
        AskForPage.class,
        TakePageRequests.class,
        AnswerPages.class,
        TakePageAnswers.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (!state.claims.has(Capability.PAGE_REQUESTS)) {
      return false;
    }
    if (operation instanceof ExpectPages expect) {
      return state.domains.containsKey(expect.domain());
    }
    if (operation instanceof AskForPage ask) {
      return state.probed.contains(ask.request().rid())
          && !state.gone.contains(ask.request().rid());
    }
    return !(operation instanceof AnswerPages answer) || find(answer) != null;
  }

  private @Nullable Raised find(AnswerPages answer) {
    return heard.stream()
        .filter(
            one ->
                one.request().last()
                    && one.request().rid().equals(answer.device())
                    && Objects.equals(one.request().pasid(), answer.pasid())
                    && one.request().group() == answer.group())
        .findFirst()
        .orElse(null);
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof ExpectPages expect) {
      expecting.add(Objects.requireNonNull(state.domains.get(expect.domain())));
      return Replies.succeeds(reply, Clauses.PRQ_001, "the target claims page requests");
    }
    if (operation instanceof AskForPage ask) {
      raise(ask.request());
      return Replies.succeeds(reply, Clauses.PRQ_001, "the target claims page requests");
    }
    if (operation instanceof AnswerPages answer) {
      heard.remove(find(answer));
      owe(answer.device(), answer.pasid(), answer.group(), answer.response());
      return Replies.succeeds(reply, Clauses.PRQ_005, "the group was heard");
    }
    return operation instanceof TakePageAnswers taken
        ? answers(taken.device(), reply)
        : requests(reply);
  }

  private void raise(PageRequestMessage request) {
    Rid device = request.rid();
    DomainState domain = state.device(device, request.pasid()).domain;
    boolean answered = request.last() && !request.isStopMarker();
    if (domain == null || domain.type == DomainType.BLOCKED || domain.ended) {
      if (domain == null || !domain.ended) { // FREC-013
        refused(request);
      }
      if (answered) {
        owe(device, request.pasid(), request.group(), PageResponse.INVALID);
      }
    } else if (request.isStopMarker()) {
      return; // it goes no further than the driver
    } else if (expecting.contains(domain)) {
      underWay.add(new Raised(request, nameOf(domain), underWay.size() >= ROOM));
    } else {
      unexpected.add(new Raised(request, nameOf(domain), false));
      if (request.last()) {
        // nobody is asked before the driver has been told; it may have answered by then
        possible(device, request.pasid(), request.group(), PageResponse.INVALID);
      }
    }
  }

  /** A record of it is that of a write, as far as its kind can be told; it need not be there. */
  private void refused(PageRequestMessage request) {
    if (state.claims.has(Capability.FAULT_RECORDS)) {
      Iova page = new Iova(request.address());
      state.faults.add(
          new DeviceAccess(request.rid(), request.pasid(), page, AccessKind.WRITE, 0),
          Cause.BLOCKED,
          state.recordedBits());
    }
  }

  private DomainId nameOf(DomainState domain) {
    return state.domains.entrySet().stream()
        .filter(entry -> entry.getValue() == domain)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private void owe(Rid device, @Nullable Pasid pasid, int group, PageResponse response) {
    owed.computeIfAbsent(device, rid -> new ArrayList<>()).add(new Answer(pasid, group, response));
  }

  private void possible(Rid device, @Nullable Pasid pasid, int group, PageResponse response) {
    possible
        .computeIfAbsent(device, rid -> new ArrayList<>())
        .add(new Answer(pasid, group, response));
  }

  /** What the driver has not answered itself until it was told of all requests, it never will. */
  private void settle() {
    possible.forEach(
        (device, answers) ->
            owed.computeIfAbsent(device, rid -> new ArrayList<>()).addAll(answers));
    possible.clear();
  }

  private Judgement requests(Reply<?> reply) {
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof HeardPageRequests told)) {
      return Replies.succeeds(reply, Clauses.PRQ_001, "the target claims page requests");
    }
    String words = underWay.isEmpty() ? "no request" : underWay.size() + " requests";
    for (Heard one : told.requests()) {
      Raised raised =
          underWay.stream().filter(candidate -> candidate.is(one)).findFirst().orElse(null);
      if (raised == null && isHeardElsewhere(one)) {
        continue;
      }
      if (raised == null) {
        return refused(Clauses.PRQ_002, words, "no request that is under way is such");
      }
      if (!raised.domain().equals(one.domain())) {
        return refused(
            Clauses.PRQ_004, words, "it was raised for " + raised.domain() + ", which has ended");
      }
      if (!raised.mayBeLost() && isOvertaken(raised)) {
        return refused(Clauses.PRQ_003, words, "an earlier request of the device is not heard");
      }
      underWay.remove(raised);
      heard.add(raised);
    }
    if (underWay.stream().anyMatch(raised -> !raised.mayBeLost())) {
      return refused(Clauses.PRQ_001, words, "a request was not heard");
    }
    underWay.forEach(this::lost);
    underWay.clear();
    unexpected.clear();
    settle();
    boolean some = !told.requests().isEmpty();
    return Judgement.allowed(
        some ? Clauses.PRQ_001 : Clauses.PRQ_002,
        some ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        words,
        "each request that was raised, once");
  }

  /**
   * Whether it was raised where nobody dealt with it, and is heard of a domain that has somebody.
   */
  private boolean isHeardElsewhere(Heard one) {
    Raised raised =
        unexpected.stream().filter(candidate -> candidate.is(one)).findFirst().orElse(null);
    DomainState domain = state.domains.get(one.domain());
    if (raised == null || domain == null || !expecting.contains(domain)) {
      return false;
    }
    PageRequestMessage request = raised.request();
    unexpected.remove(raised);
    heard.add(raised);
    possible
        .getOrDefault(request.rid(), new ArrayList<>())
        .remove(new Answer(request.pasid(), request.group(), PageResponse.INVALID));
    return true;
  }

  private boolean isOvertaken(Raised raised) {
    return underWay.subList(0, underWay.indexOf(raised)).stream()
        .anyMatch(
            other -> !other.mayBeLost() && other.request().rid().equals(raised.request().rid()));
  }

  /** A queue without room: hardware answers the last request of a group as if it were heard. */
  private void lost(Raised raised) {
    PageRequestMessage request = raised.request();
    if (request.last()) {
      owe(request.rid(), request.pasid(), request.group(), PageResponse.SUCCESS);
    }
  }

  private Judgement answers(Rid device, Reply<?> reply) {
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof PageAnswers told)) {
      return Replies.succeeds(reply, Clauses.PRQ_005, "the target claims page requests");
    }
    List<Answer> due = owed.computeIfAbsent(device, rid -> new ArrayList<>());
    List<Answer> early = possible.computeIfAbsent(device, rid -> new ArrayList<>());
    String words = due.isEmpty() ? "no answer" : due.toString();
    for (Answer answer : told.answers()) {
      if (!due.remove(answer) && !early.remove(answer)) {
        boolean group =
            due.stream()
                .anyMatch(
                    other ->
                        other.group() == answer.group()
                            && Objects.equals(other.pasid(), answer.pasid()));
        return refused(
            group ? Clauses.PRQ_005 : Clauses.PRQ_006, words, "no group has such an answer due");
      }
    }
    if (!due.isEmpty()) {
      return refused(Clauses.PRQ_005, words, "a group has not been answered");
    }
    boolean some = !told.answers().isEmpty();
    return Judgement.allowed(
        some ? Clauses.PRQ_005 : Clauses.PRQ_006,
        some ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        words,
        "one answer to each group");
  }

  private static Judgement refused(ClauseId clause, String expected, String why) {
    return Judgement.refused(clause, Branch.MUST_SUCCEED, expected, why);
  }
}
