package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.operation.AnswerPages;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/** Page requests and their answers, at seam 2. */
final class PageRequestCases implements CaseSet {

  private static final long ADDRESS = 0x5000L;
  private static final int PASID = 5;

  /** More than any queue of one page has room for. */
  private static final int MANY = 150;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        heard(),
        onceEach(),
        inOrder(),
        pasidLeaves(),
        answered(),
        oneAnswer(),
        notExpected(),
        notTranslated(),
        stopMarker(),
        anyOrder(),
        overflow(),
        deviceLeaves(),
        released());
  }

  /** The devices are in domain 1, PASID 5 of the first is set to domain 2; both are dealt with. */
  private static Scene given(String clause, String name, Topology topology) {
    Scene scene =
        Scene.backend(clause, name, topology)
            .needs(Capability.PAGE_REQUESTS)
            .paging(1)
            .paging(2)
            .add(new ExpectPages(new DomainId(1)))
            .add(new ExpectPages(new DomainId(2)));
    topology.devices().forEach(device -> scene.attach(device.rid(), 1));
    return scene;
  }

  private static Scene given(String clause, String name) {
    return given(clause, name, Topology.oneDevice());
  }

  private static Scene withPasid(String clause, String name) {
    return given(clause, name).needs(Capability.STIMULUS_PASID).pasid(FIRST, PASID, 2);
  }

  private static AskForPage ask(Rid device, @Nullable Pasid pasid, int group, boolean last) {
    return new AskForPage(
        new PageRequestMessage(
            device, pasid, false, false, true, false, last, group, ADDRESS + group * PAGE));
  }

  private static AskForPage ask(int group) {
    return ask(FIRST, null, group, true);
  }

  private static AskForPage askWithPasid(int group) {
    return ask(FIRST, new Pasid(PASID), group, true);
  }

  private static AnswerPages answer(int group, PageResponse response) {
    return new AnswerPages(FIRST, null, group, response);
  }

  @Clause("PRQ-001")
  private static Case heard() {
    return withPasid("PRQ-001", "requests with and without PASID")
        .then()
        .add(ask(1))
        .add(askWithPasid(2))
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }

  @Clause("PRQ-002")
  private static Case onceEach() {
    return given("PRQ-002", "each request once")
        .then()
        .add(new TakePageRequests())
        .faults()
        .add(ask(1))
        .add(new TakePageRequests())
        .succeeds()
        .add(new TakePageRequests())
        .faults()
        .end();
  }

  @Clause("PRQ-003")
  private static Case inOrder() {
    return given(
            "PRQ-003", "a group of three, with another device in between", Topology.twoDevices())
        .then()
        .add(ask(FIRST, null, 1, false))
        .add(ask(FIRST, null, 2, false))
        .add(ask(SECOND, null, 4, true))
        .add(ask(FIRST, null, 3, true))
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }

  @Clause("PRQ-004")
  private static Case pasidLeaves() {
    return withPasid("PRQ-004", "a PASID that is used anew")
        .paging(3)
        .add(new ExpectPages(new DomainId(3)))
        .then()
        .add(askWithPasid(1))
        .removePasid(FIRST, PASID)
        .pasid(FIRST, PASID, 3)
        .add(new TakePageRequests())
        .succeeds()
        .add(askWithPasid(2))
        .pasid(FIRST, PASID, 2)
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }

  @Clause("PRQ-005")
  private static Case answered() {
    return withPasid("PRQ-005", "answers with each code")
        .add(ask(1))
        .add(ask(2))
        .add(ask(3))
        .add(askWithPasid(4))
        .add(new TakePageRequests())
        .then()
        .add(answer(1, PageResponse.SUCCESS))
        .add(answer(2, PageResponse.INVALID))
        .add(answer(3, PageResponse.FAILURE))
        .add(new AnswerPages(FIRST, new Pasid(PASID), 4, PageResponse.SUCCESS))
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .end();
  }

  @Clause("PRQ-006")
  private static Case oneAnswer() {
    return given("PRQ-006", "no answer before there is one, and none after")
        .then()
        .add(ask(1))
        .add(new TakePageAnswers(FIRST))
        .faults()
        .add(new TakePageRequests())
        .add(new TakePageAnswers(FIRST))
        .faults()
        .add(answer(1, PageResponse.SUCCESS))
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .add(new TakePageRequests())
        .add(new TakePageAnswers(FIRST))
        .faults()
        .end();
  }

  @Clause("PRQ-007")
  private static Case notExpected() {
    return given("PRQ-007", "a domain that nobody deals with")
        .paging(3)
        .attach(FIRST, 3)
        .then()
        .add(ask(1))
        .add(ask(FIRST, null, 2, false))
        .add(new TakePageRequests())
        .faults()
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .end();
  }

  @Clause("PRQ-008")
  private static Case notTranslated() {
    return given("PRQ-008", "a device that is blocked")
        .domain(3, DomainType.BLOCKED)
        .attach(FIRST, 3)
        .then()
        .add(ask(1))
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .add(new TakePageRequests())
        .faults()
        .end();
  }

  @Clause("PRQ-009")
  private static Case stopMarker() {
    return withPasid("PRQ-009", "a stop marker behind a request")
        .then()
        .add(askWithPasid(1))
        .add(
            new AskForPage(
                new PageRequestMessage(
                    FIRST, new Pasid(PASID), false, false, false, false, true, 2, 0)))
        .add(new TakePageRequests())
        .succeeds()
        .add(new TakePageAnswers(FIRST))
        .faults()
        .end();
  }

  @Clause("PRQ-010")
  private static Case anyOrder() {
    return given("PRQ-010", "the first group is not answered")
        .add(ask(1))
        .add(ask(2))
        .add(new TakePageRequests())
        .then()
        .add(answer(2, PageResponse.SUCCESS))
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .add(ask(3))
        .add(new TakePageRequests())
        .succeeds()
        .add(answer(3, PageResponse.SUCCESS))
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .end();
  }

  @Clause("PRQ-011")
  private static Case overflow() {
    Scene scene = given("PRQ-011", "more requests than there is room for");
    for (int request = 0; request < MANY; request++) {
      scene.add(ask(request));
    }
    return scene
        .add(new TakePageRequests())
        .then()
        .add(ask(300))
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }

  @Clause("PRQ-012")
  private static Case deviceLeaves() {
    return given("PRQ-012", "a device goes from one domain to another")
        .then()
        .add(ask(1))
        .attach(FIRST, 2)
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }

  @Clause("PRQ-012")
  private static Case released() {
    return given("PRQ-012", "a device that is not served any more")
        .then()
        .add(ask(1))
        .release(FIRST)
        .add(new TakePageRequests())
        .succeeds()
        .end();
  }
}
