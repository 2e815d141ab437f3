package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitDrain;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitResponse;
import org.iommuref.hw.vtd.unit.VtdUnit;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Page requests that a unit has queued: heard, answered, and none left behind by a detach. */
class PageRequestTest {

  private static final Rid DEVICE = Topology.FIRST;
  private static final Pasid PASID = new Pasid(5);
  private static final DomainId DOMAIN = new DomainId(1);
  private static final DomainId BLOCKED = new DomainId(2);
  private static final int INVALID = 1;

  private final List<Step> performed = new ArrayList<>();
  private final List<PageRequest> heard = new ArrayList<>();
  private final SystemMemory memory = SystemMemory.ofSize(1L << 40);
  private final Environment environment =
      new Environment(
          Topology.oneDevice(),
          memory,
          new PagePool(memory, 0x10_0000L, 500),
          DirectSteps.mutated(
              step -> {
                performed.add(step);
                return List.of(step);
              }),
          Footprint.NONE,
          CachePolicy.ADVERSARIAL);
  private final VtdUnit unit = new VtdUnit(ScalableProvider.parts(), environment);
  private final VtdBackend backend =
      VtdBackend.start(environment, List.of(unit), new DriverParts());
  private final PageRequests requests = backend.extension(PageRequests.class).orElseThrow();
  private final PasidBackend pasids = backend.extension(PasidBackend.class).orElseThrow();

  @BeforeEach
  void attach() {
    backend.probe(DEVICE).value();
    backend.allocateDomain(DOMAIN, DomainType.PAGING).value();
    backend.allocateDomain(BLOCKED, DomainType.BLOCKED).value();
    requests.listen((device, request) -> heard.add(request));
    requests.expect(DOMAIN);
    backend.attach(DEVICE, DOMAIN, null).value();
    pasids.setPasid(DEVICE, PASID, DOMAIN, null).value();
    performed.clear();
  }

  @Test
  void remove_hearsWhatThePasidHasAskedFor() {
    ask(PASID, 3, 0x5000);
    pasids.removePasid(DEVICE, PASID, DOMAIN);
    assertThat(heard).extracting(PageRequest::address).containsExactly(0x5000L);
    assertThat(heard.get(0).pasid()).isEqualTo(5);
    assertThat(heard.get(0).group()).isEqualTo(3);
    assertThat(steps(SubmitDrain.class)).hasSize(1);
  }

  @Test
  void attach_hearsWhatTheDeviceHasAskedForWithoutPasid() {
    ask(null, 4, 0x6000);
    backend.attach(DEVICE, BLOCKED, DOMAIN).value();
    assertThat(heard).extracting(PageRequest::hasPasid).containsExactly(false);
  }

  @Test
  void request_thatNobodyHears_isInvalid() {
    requests.listen((device, request) -> false);
    ask(PASID, 3, 0x5000);
    pasids.removePasid(DEVICE, PASID, DOMAIN);
    assertThat(steps(SubmitResponse.class))
        .extracting(SubmitResponse::code)
        .containsExactly(INVALID);
  }

  @Test
  void stopMarker_isNotAnswered() {
    unit.pageRequest(new PageRequestMessage(DEVICE, PASID, false, false, false, false, true, 3, 0));
    unit.drain();
    pasids.removePasid(DEVICE, PASID, DOMAIN);
    assertThat(heard).isEmpty();
    assertThat(steps(SubmitResponse.class)).isEmpty();
  }

  @Test
  void respond_namesDevicePasidAndGroup() {
    var asked = new PageRequest(PageRequest.PASID_VALID | PageRequest.LAST_PAGE, 5, 3, 1, 0x5000);
    requests.respond(DEVICE, asked, PageResponse.SUCCESS);
    SubmitResponse sent = steps(SubmitResponse.class).get(0);
    assertThat(List.of(sent.device(), sent.pasid(), sent.group(), sent.code()))
        .isEqualTo(List.of(DEVICE, 5, 3, 0));
  }

  @Test
  void isTaking_endsWithTheLastDomainThatExpectsRequests() {
    assertThat(requests.isTaking(DEVICE)).isTrue();
    backend.attach(DEVICE, BLOCKED, DOMAIN).value();
    assertThat(requests.isTaking(DEVICE)).isTrue();
    pasids.removePasid(DEVICE, PASID, DOMAIN);
    assertThat(requests.isTaking(DEVICE)).isFalse();
  }

  private void ask(@Nullable Pasid pasid, int group, long address) {
    unit.pageRequest(
        new PageRequestMessage(DEVICE, pasid, false, false, true, false, true, group, address));
    unit.drain();
  }

  private <S extends Step> List<S> steps(Class<S> type) {
    return performed.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
